using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;
using Cinnabar.Ledger;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Keys;
using Cinnabar.Station.Media;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Packs;

/// <summary>Builds the evidence pack of an incident in a file of its own, and checks it as the opposing party will.</summary>
internal sealed class PacksExporter(
    CourtLog log, PackHeads heads, PacksFollower follower, GenesisFact genesis, StationKeys keys, ContentStore content, Func<PackOriginals> originals,
    IOptions<PacksOptions> options) : IDisposable
{
    // What is in the log is indexed within milliseconds; longer means that the follower stands still.
    private static readonly TimeSpan s_followMax = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _building = new(options.Value.ConcurrentMax);
    private readonly CourtGenesis _court = CourtGenesis.TryRead(genesis.Statement, out var court, out var detail) ? court : throw new InvalidDataException(detail);

    /// <summary>Builds a pack.</summary>
    /// <returns>Null for an incident that the log does not know.</returns>
    /// <exception cref="PackTooLargeException">It would be larger than the options allow.</exception>
    /// <exception cref="InvalidDataException">The verifier refuses what was built; the message says why.</exception>
    /// <exception cref="TimeoutException">The index has not come up to the log, or the incident is not final.</exception>
    public async Task<ExportedPack?> ExportAsync(string incident, CancellationToken cancellationToken)
    {
        await _building.WaitAsync(cancellationToken);
        try
        {
            // One head for all receipts; whatever comes after it is not in this pack.
            var head = await heads.TakeAsync(cancellationToken);
            var known = log.Head.Size;
            await follower.WaitForAsync(known, cancellationToken).WaitAsync(s_followMax, cancellationToken);
            var selection = new PackSelection(follower.Index, log, head.Size, options.Value);
            if (selection.Choose(incident) is { } chosen)
            {
                return new ExportedPack(await Task.Run(() => Build(Content(chosen, head)), cancellationToken), selection.Seal);
            }

            return follower.Index.Opened(incident, known) is null
                ? null
                : throw new TimeoutException($"The incident is not final yet: too few courts vouch for the log beyond {head.Size} entries.");
        }
        finally
        {
            _building.Release();
        }
    }

    public void Dispose() => _building.Dispose();

    private PackContent Content(IReadOnlyCollection<IndexedFact> chosen, PackHead head)
    {
        var root = new ReceiptIssuer(_court.Origin, keys.Log).Sign(head.Root);
        List<PackStatement> statements = [];
        long bytes = 0;
        foreach (var fact in chosen)
        {
            var statement = Read(fact);
            bytes += statement.Bytes.Length;
            if (bytes > options.Value.StatementBytesMax)
            {
                throw new PackTooLargeException(nameof(PacksOptions.StatementBytesMax), options.Value.StatementBytesMax, bytes);
            }

            statements.Add(new PackStatement(statement, Receipt(root, statement, log.ProveInclusion(fact.Position, head.Size))));
        }

        return new PackContent
        {
            Court = _court, Checkpoint = head.Checkpoint, Statements = statements, Originals = originals().Find([.. statements.Select(s => s.Statement)]),
            Governance = head.Governance, Anchor = head.Anchor,
        };
    }

    private Statement Read(IndexedFact fact) =>
        Statement.TryParse(log.ReadEntry(fact.Position)!.Value.Span, out var statement, out var detail) == StatementVerdict.Valid
            ? statement!
            : throw new InvalidDataException($"Log entry {fact.Position} is no statement: {detail} Run: cinnabar-station fsck");

    private static Receipt Receipt(SignedRoot root, Statement statement, InclusionProof proof) =>
        Evidence.Receipts.Receipt.TryParse(root.CutReceipt(TreeHash.OfLeaf(statement.Bytes.Span), proof), out var receipt, out var detail) == ReceiptVerdict.Valid
            ? receipt!
            : throw new InvalidDataException(detail);

    private FileStream Build(PackContent pack)
    {
        var file = content.OpenScratch();
        try
        {
            PackWriter.Write(pack, file);
            file.Position = 0;
            var report = PackVerifier.Verify(file, CourtRoster.Of(_court));
            if (!report.IsValid)
            {
                throw new InvalidDataException($"The pack would be refused: {report.Verdict} ({(int)report.Verdict}): {report.Detail}");
            }

            file.Position = 0;
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
