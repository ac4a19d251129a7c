using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Setup;

/// <summary>The files that courts send each other to agree on an epoch: docs/formats/governance.md, section 5.</summary>
internal static class CourtFiles
{
    private const int StatementsMax = 2 * Epoch.CourtsMax;

    /// <exception cref="CourtRefusedException">There is no such file, or it is too long to be one of these.</exception>
    public static byte[] Read(FileInfo file) =>
        !file.Exists ? throw new CourtRefusedException($"{file.FullName} does not exist.")
        : file.Length > GovernanceLog.LengthMax ? throw new CourtRefusedException($"{file.FullName} has {file.Length} bytes; no file between courts is that long.")
        : File.ReadAllBytes(file.FullName);

    /// <exception cref="CourtRefusedException">The file is there: somebody may have been sent it.</exception>
    public static void RefuseExisting(FileInfo file)
    {
        if (file.Exists)
        {
            throw new CourtRefusedException($"{file.FullName} is there already and is not replaced. Name another file.");
        }
    }

    /// <summary>Writes a file that is not there yet.</summary>
    /// <exception cref="CourtRefusedException">It is there.</exception>
    public static void Write(FileInfo file, ReadOnlySpan<byte> bytes)
    {
        RefuseExisting(file);
        using var stream = new FileStream(file.FullName, FileMode.CreateNew, FileAccess.Write);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    public static CourtMember ReadMember(FileInfo file) => CourtMember.TryParse(Read(file), out var member, out var detail)
        ? member
        : throw new CourtRefusedException($"{file.FullName} is no member document: {detail} Ask that court for what its \"court member\" wrote.");

    public static Epoch ReadEpoch(FileInfo file) => Epoch.TryParse(Read(file), out var epoch, out var detail)
        ? epoch
        : throw new CourtRefusedException($"{file.FullName} is no draft of an epoch: {detail} Ask for what \"court propose\" wrote.");

    /// <summary>The statements in a file of approvals or seals; no signature is checked.</summary>
    public static IReadOnlyList<Statement> ReadStatements(FileInfo file)
    {
        try
        {
            var items = CborValue.Decode(Read(file)).AsArray();
            return items.Count is > 0 and <= StatementsMax
                ? [.. items.Select(i => Parse(i.AsBytes().Span))]
                : throw new FormatException($"{items.Count} statements, not 1 to {StatementsMax}.");
        }
        catch (FormatException refused)
        {
            throw new CourtRefusedException($"{file.FullName} is no file of signed statements: {refused.Message}");
        }
    }

    public static byte[] EncodeStatements(IEnumerable<Statement> statements) =>
        CborValue.Array([.. statements.Select(s => CborValue.Bytes(s.Bytes.ToArray()))]).Encode();

    private static Statement Parse(ReadOnlySpan<byte> bytes) => Statement.TryParse(bytes, out var statement, out var detail) == StatementVerdict.Valid
        ? statement!
        : throw new FormatException(detail);
}
