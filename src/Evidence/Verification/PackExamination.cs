using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Evidence.Statements;
using static Cinnabar.Evidence.Verification.PackRefusal;

namespace Cinnabar.Evidence.Verification;

/// <summary>One check of one pack: what the steps found out so far. The steps are in the other parts of this type.</summary>
/// <remarks>A step may use whatever an earlier one established, because no later step runs after a refusal.</remarks>
internal sealed partial class PackExamination : IDisposable
{
    private readonly Stream _stream;
    private readonly CourtRoster? _pinned;
    private readonly PackLimits _limits;
    private readonly List<PackFinding> _findings = [];
    private readonly Dictionary<Digest, VerificationKey> _keys = [];

    private PackReader? _reader;
    private PackVerdict _opened;
    private string _openedDetail = "";
    private PackManifest? _manifest;
    private readonly Dictionary<string, PackHashes> _originals = [];
    private CourtGenesis? _court;
    private Checkpoint? _checkpoint;
    private readonly List<(Statement Statement, long Index)> _statements = [];
    private readonly List<Receipt> _receipts = [];
    private readonly List<Digest> _roots = [];
    private readonly List<CoseKey> _signers = [];

    public PackExamination(Stream stream, CourtRoster? pinned, PackLimits limits)
    {
        _stream = stream;
        _pinned = pinned;
        _limits = limits;
    }

    public PackReport Report(PackVerdict verdict, string detail, IReadOnlyList<PackStep> steps) => new()
    {
        Verdict = verdict,
        Sentence = PackSentences.Of(verdict),
        Detail = detail,
        Steps = steps,
        Findings = _findings,
        Court = _court,
        IsCourtPinned = _court is not null && IsPinned(_court),
        TreeSize = _checkpoint?.Size ?? 0,
        Statements = _statements.Count,
        Originals = _originals.Count,
        Finality = _finality,
        Anchor = _anchor,
    };

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    // 1. A zip in the one form that PackWriter writes: stored entries of known names, in order, with nothing between.
    public int OpenContainer()
    {
        _opened = PackReader.TryOpen(_stream, _limits, out _reader, out _openedDetail);
        Require(_opened is PackVerdict.Valid or PackVerdict.LimitExceeded, _opened, _openedDetail);
        return 1;
    }

    // 2. Not more and not larger files than a pack may hold; found on the way through the directory.
    public int CountFiles()
    {
        Require(_opened == PackVerdict.Valid, _opened, _openedDetail);
        return _reader!.Files.Count;
    }

    // 3. The manifest is there, in its one form, and does not contradict itself.
    public int ReadManifest()
    {
        var file = _reader!.Find(PackPath.Manifest);
        Require(file is not null, PackVerdict.ManifestInvalid, $"{PackPath.Manifest} is missing.");
        Require(PackManifest.TryParse(_reader.Read(file), out _manifest, out var detail), PackVerdict.ManifestInvalid, detail);
        return 1;
    }

    // 4. The manifest and the zip name the same files; every document, statement and receipt that belongs there is one of them.
    public int CompareFiles()
    {
        var listed = _manifest!.Files.Select(f => f.Path.Text).Append(PackPath.Manifest).ToHashSet(StringComparer.Ordinal);
        var there = _reader!.Files.Select(f => f.Path.Text).ToHashSet(StringComparer.Ordinal);
        var needed = PackPath.Documents
            .Concat(_manifest.Statements.Select(s => PackPath.Statement(s.Hash)))
            .Concat(_manifest.Statements.Select(s => PackPath.Receipt(s.Hash))).ToHashSet(StringComparer.Ordinal);
        var unnamed = there.FirstOrDefault(name => !listed.Contains(name));
        var missing = listed.Concat(needed).FirstOrDefault(name => !there.Contains(name));
        var stray = _manifest.Files.FirstOrDefault(
            f => f.Path.Kind != PackFileKind.Original && !needed.Contains(f.Path.Text) && !PackPath.OptionalDocuments.Contains(f.Path.Text));
        Require(unnamed is null, PackVerdict.FilesIncomplete, $"The manifest does not name {unnamed}.");
        Require(missing is null, PackVerdict.FilesIncomplete, $"{missing} is missing.");
        Require(stray is null, PackVerdict.FilesIncomplete, $"{stray?.Path.Text} belongs to no listed statement.");
        return there.Count;
    }

    // 5. Every file has the size and SHA-256 that the manifest names, and the CRC-32 that the zip names.
    public int HashFiles()
    {
        foreach (var listed in _manifest!.Files)
        {
            var file = _reader!.Find(listed.Path.Text)!;
            var altered = listed.Path.Kind switch
            {
                PackFileKind.Statement => PackVerdict.StatementAltered,
                PackFileKind.Receipt => PackVerdict.ReceiptAltered,
                PackFileKind.Original => PackVerdict.OriginalAltered,
                _ => PackVerdict.DocumentAltered,
            };
            Require(file.Size == listed.Size, altered, $"{listed.Path.Text} has {file.Size} bytes, not {listed.Size}.");
            var hashes = _reader.Hash(file, listed.Parts);
            Require(hashes.Whole == listed.Hash && hashes.Crc == file.Crc, altered, $"{listed.Path.Text} hashes to {hashes.Whole}, not {listed.Hash}.");
            if (listed.Path.Kind == PackFileKind.Original)
            {
                _originals[listed.Path.Text] = hashes;
            }
        }

        var manifest = _reader!.Find(PackPath.Manifest)!;
        Require(_reader.Hash(manifest).Crc == manifest.Crc, PackVerdict.DocumentAltered, $"The CRC of {PackPath.Manifest} is wrong.");
        return _manifest.Files.Count;
    }

    private VerificationKey KeyOf(CoseKey key)
    {
        if (!_keys.TryGetValue(key.Thumbprint, out var ready))
        {
            _keys[key.Thumbprint] = ready = new VerificationKey(key);
        }

        return ready;
    }

    private byte[] Read(string name) => _reader!.Read(_reader.Find(name)!);

    private bool IsPinned(CourtGenesis court) => _pinned?.Find(court.Origin)?.Statement.Hash == court.Statement.Hash;

    private void Find(PackFindingCode code, string zh, string en) => _findings.Add(new PackFinding(code, new BilingualText(zh, en)));
}
