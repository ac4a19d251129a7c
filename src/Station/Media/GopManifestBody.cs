using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Media;

/// <summary>What a <c>media.manifest</c> vouches for; docs/formats/kinds.md.</summary>
/// <param name="Recording">The run of the encoder it speaks of.</param>
/// <param name="Init">Hash of the initialisation segment.</param>
/// <param name="First">Index of the first fragment.</param>
/// <param name="Fragments">Hashes in order.</param>
internal sealed record GopManifestBody(RecordingKey Recording, Digest Init, long First, IReadOnlyList<Digest> Fragments)
{
    private const string DevicePrefix = "device:";

    /// <summary>Reads a manifest.</summary>
    /// <returns>Null for another kind of statement, and for signed nonsense: it stays in the log as what it is, and vouches for nothing.</returns>
    public static GopManifestBody? TryRead(Statement statement)
    {
        if (statement.Kind != "media.manifest" || statement.Chain is not { } chain
            || !statement.Issuer.StartsWith(DevicePrefix, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            var (stream, first) = (statement.Body["stream"].AsInteger(), statement.Body["first"].AsInteger());
            Digest[] fragments = [.. statement.Body["fragments"].AsArray().Select(f => f.AsDigest())];
            return stream >= 0 && first is >= 0 and <= long.MaxValue - Statement.LengthMax
                ? new GopManifestBody(
                    new RecordingKey(statement.Issuer[DevicePrefix.Length..], Convert.ToHexStringLower(chain.Boot.Span), stream),
                    statement.Body["init"].AsDigest(), first, fragments)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
