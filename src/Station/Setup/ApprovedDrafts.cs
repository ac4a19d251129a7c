using System.Globalization;
using Cinnabar.Evidence.Governance;
using Cinnabar.Station.Keys;

namespace Cinnabar.Station.Setup;

/// <summary>What this court has approved: <c>courts/approved/EPOCH-HASH.cbor</c>, kept before a signature leaves.</summary>
/// <remarks>
/// Two documents of one epoch, each with q approvals, would be two sets of courts that both count. Two times q courts share an
/// honest one, and that one approves only once.
/// </remarks>
internal sealed class ApprovedDrafts(string dataDirectory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _folder = Path.Combine(dataDirectory, "courts", "approved");

    /// <summary>Keeps a draft, durable when it returns; the same one again changes nothing.</summary>
    /// <param name="epoch">What is about to be approved.</param>
    /// <param name="given">Hashes of drafts of this epoch of which the operator says that they will never be adopted.</param>
    /// <exception cref="CourtRefusedException">Another draft of this epoch was approved and is not given up.</exception>
    public void Keep(Epoch epoch, IReadOnlyList<string> given)
    {
        var number = epoch.Number.ToString(CultureInfo.InvariantCulture);
        Directory.CreateDirectory(_folder, OwnerOnly);
        var others = Directory.EnumerateFiles(_folder, $"{number}-*.cbor")
            .Select(path => Path.GetFileNameWithoutExtension(path)[(number.Length + 1)..])
            .Where(hash => hash != epoch.Hash.ToString() && !given.Contains(hash, StringComparer.OrdinalIgnoreCase));
        if (others.FirstOrDefault() is { } other)
        {
            throw new CourtRefusedException(
                $"This court approved another document of epoch {number} already: {other}. Two documents with enough approvals would be two sets of courts. "
                + $"Only when it is certain that the other one is never adopted, because its approvals were too few and are destroyed: --instead-of {other}");
        }

        DurableFile.Write(Path.Combine(_folder, $"{number}-{epoch.Hash}.cbor"), epoch.Bytes.Span);
        DurableFile.SyncFolder(Path.GetDirectoryName(_folder)!);
        DurableFile.SyncFolder(Path.GetDirectoryName(Path.GetDirectoryName(_folder))!);
    }
}
