using System.IO.Compression;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>Makes vectors/packs: a small case, spoiled in one way each, and behind the spoiled thing everything put right again.</summary>
internal static class PackVectors
{
    private static readonly SampleCase s_case = new();
    private static readonly SampleCourt s_court = Small();
    private static readonly byte[] s_pack = SampleCourt.Write(s_court.Content(null, SampleCase.PictureFile));
    private static readonly byte[] s_clip = SampleCourt.Write(Clipped().Content(null, SampleCase.Clip));
    private static readonly string s_roster = Convert.ToHexStringLower(CourtRoster.Of(s_court.Genesis).Encode());
    private static readonly Statement s_still = s_court.Statements[^1];
    private static readonly string s_picture = PackPath.Original(Digest.Of(SampleCase.Picture), "jpg");

    private static PackForge Forge => PackForge.Of(s_pack);

    public static IEnumerable<Vector> All() => [.. Good(), .. Container(), .. Contents(), .. Log(), .. Trust(), .. Originals(), .. WatchedPackVectors.All()];

    private static IEnumerable<Vector> Good() =>
    [
        Of("valid", PackVerdict.Valid, "one strip cut from order to acknowledgement, with ruling, picture and clip", s_case.Pack()),
        Of("valid-small", PackVerdict.Valid, "the small case that the spoiled packs began as", s_pack),
        Of("valid-clip", PackVerdict.Valid, "the small case with a clip", s_clip),
        Of("valid-self-declared", PackVerdict.Valid, "judged without a roster", s_pack) with { Roster = null },
        Of("valid-clip-gap", PackVerdict.Valid, "a fragment left out of the clip, which is a finding", SampleCourt.Write(Clipped().Content(null, SampleCase.ClipOf(0, 2)))),
        Of("valid-edge-dated", PackVerdict.Valid, "a cut dated 5,000 ms before what was signed ahead of it, which is no finding", DatedBack(5_000)),
        Of("valid-clock-back", PackVerdict.Valid, "a cut dated 5,001 ms before what was signed ahead of it, which is a finding", DatedBack(5_001)),
        Of("valid-odd-text", PackVerdict.Valid, "markup, quotes, invisible characters, unknown kinds and far dates in the index", OddText()),
    ];

    private static IEnumerable<Vector> Container() =>
    [
        Of("not-canonical-prefix", PackVerdict.NotCanonical, "a byte before the zip", [0, .. s_pack]),
        Of("not-canonical-suffix", PackVerdict.NotCanonical, "a byte behind the zip", [.. s_pack, 0]),
        Of("not-canonical-compressed", PackVerdict.NotCanonical, "an ordinary zip of the same files, compressed", Compressed()),
        Of("not-canonical-order", PackVerdict.NotCanonical, "two files in the wrong order", PackForge.Zip([.. Forge.Files.Skip(1), Forge.Files.First()])),
        Of("not-canonical-twice", PackVerdict.NotCanonical, "a file that stands twice", PackForge.Zip([Forge.Files.First(), .. Forge.Files])),
        Of("not-canonical-name", PackVerdict.NotCanonical, "a name that climbs out of the folder", Forge.Set("../evil.sh", [1]).Zip()),
        Of("not-canonical-no-zip", PackVerdict.NotCanonical, "a text", [.. "This is no zip, though it is long enough."u8]),
        Of("limit-exceeded", PackVerdict.LimitExceeded, "a receipt of 4,097 bytes", Forge.Set(PackPath.Receipt(s_still.Hash), new byte[4097]).Relist().Zip()),
        Of("manifest-missing", PackVerdict.ManifestInvalid, "no manifest", Forge.Remove(PackPath.Manifest).Zip()),
        Of("manifest-version", PackVerdict.ManifestInvalid, "version 2", Forge.InManifest("version", CborValue.Integer(2)).Zip()),
        Of("manifest-unknown-key", PackVerdict.ManifestInvalid, "a key that version 1 does not know", Forge.InManifest("note", CborValue.Text("trust me")).Zip()),
        Of("manifest-name-not-hash", PackVerdict.ManifestInvalid, "an original listed under another hash than its name's",
            Forge.Set(PackPath.Original(Digest.Of("other"u8), "jpg"), SampleCase.Picture).Relist().Zip()),
        Of("files-unnamed", PackVerdict.FilesIncomplete, "a file that the manifest does not name", Forge.Set(PackPath.Original(Digest.Of("x"u8), "bin"), [.. "x"u8]).Zip()),
        Of("files-missing", PackVerdict.FilesIncomplete, "the picture that the manifest names is not there", Forge.Remove(s_picture).Zip()),
        Of("files-receipt-missing", PackVerdict.FilesIncomplete, "a statement without its receipt", Forge.Remove(PackPath.Receipt(s_still.Hash)).Relist().Zip()),
        Of("files-stray-statement", PackVerdict.FilesIncomplete, "a statement that the list of statements leaves out",
            Forge.Set(PackPath.Statement(s_case.Cut.Hash), s_case.Cut.Bytes.ToArray()).Relist().Zip()),
    ];

    private static IEnumerable<Vector> Contents() =>
    [
        Of("statement-altered", PackVerdict.StatementAltered, "one bit of a statement flipped", Forge.FlipIn(PackPath.Statement(s_still.Hash)).Zip()),
        Of("receipt-altered", PackVerdict.ReceiptAltered, "one bit of a receipt flipped", Forge.FlipIn(PackPath.Receipt(s_still.Hash)).Zip()),
        Of("original-altered", PackVerdict.OriginalAltered, "one bit of the picture flipped", Forge.FlipIn(s_picture).Zip()),
        Of("document-altered", PackVerdict.DocumentAltered, "one bit of the index flipped", Forge.FlipIn(PackPath.Index).Zip()),
    ];

    private static IEnumerable<Vector> Log() =>
    [
        Of("roster-garbage", PackVerdict.RosterInvalid, "the roster is a picture", Forge.Set(PackPath.Roster, SampleCase.Picture).Relist().Zip()),
        Of("roster-not-own-key", PackVerdict.RosterInvalid, "the genesis is signed with another key than the command key it names",
            Forge.Set(PackPath.Roster, RosterOf(Genesis(SampleCourt.StationKey))).Relist().Zip()),
        Of("roster-quorum", PackVerdict.RosterInvalid, "a genesis of 4 courts with a quorum of 2",
            Forge.Set(PackPath.Roster, RosterOf(Genesis(SampleCourt.CommandKey, 4, 2))).Relist().Zip()),
        Of("roster-not-pinned", PackVerdict.RosterNotPinned, "the verifier pinned the same log under other keys", s_pack)
            with { Roster = Convert.ToHexStringLower(RosterOf(OtherGenesis())) },
        Of("checkpoint-other-key", PackVerdict.CheckpointInvalid, "the checkpoint is signed with the station's key",
            Forge.Set(PackPath.Checkpoint, new CheckpointSigner(SampleCourt.Origin, SampleCourt.StationKey).Sign(s_court.Log.Entries.Count, s_court.Log.Root)).Relist().Zip()),
        Of("statement-malformed", PackVerdict.StatementMalformed, "a statement with something in its unprotected header", Malformed()),
        Of("receipt-of-another", PackVerdict.ReceiptInvalid, "the receipt of the neighbour",
            Forge.Set(PackPath.Receipt(s_still.Hash), s_court.Log.Receipt(s_court.Statements.Count - 2)).Relist().Zip()),
        Of("log-older-tree", PackVerdict.LogInconsistent, "a true receipt of the tree before the last entry", OlderTree()),
        Of("log-index", PackVerdict.LogInconsistent, "the manifest gives the last statement another index", OtherIndex()),
        Of("log-no-genesis", PackVerdict.LogInconsistent, "the genesis is not among the statements", WithoutGenesis()),
    ];

    private static IEnumerable<Vector> Trust() =>
    [
        Of("key-not-enrolled", PackVerdict.KeyNotTrusted, "the enrolment of the seal is left out",
            SampleCourt.Write(s_court.Content(s_court.Statements.Where(s => s.Kind != "device.enrolled"), SampleCase.PictureFile))),
        Of("key-enrolled-late", PackVerdict.KeyNotTrusted, "the seal spoke before it was enrolled", Written(c => c.FromDevice("device.started"), c => c.EnrolDevice())),
        Of("key-revoked", PackVerdict.KeyNotTrusted, "the seal spoke after its key was revoked", Written(c => c.EnrolDevice(), Revoke, c => c.FromDevice("strip.cut"))),
        Of("key-enrolled-by-station", PackVerdict.KeyNotTrusted, "the station, not the court, enrolled the seal", Written(
            c => c.FromStation("device.enrolled", c.Genesis.Statement.Body), c => c.FromDevice("strip.cut"))),
        Of("signature-invalid", PackVerdict.SignatureInvalid, "the log holds a statement whose signature is wrong", Written(c => c.EnrolDevice(), WrongSignature)),
        Of("issuer-not-entitled", PackVerdict.IssuerNotEntitled, "the seal itself lifts the sealing", Written(c => c.EnrolDevice(), c => c.FromDevice("order.lifted"))),
        Of("chain-forked", PackVerdict.ChainBroken, "two statements with one number", Written(c => c.EnrolDevice(), c => Second(c, 1, default), c => c.FromDevice("strip.cut"))),
        Of("chain-wrong-previous", PackVerdict.ChainBroken, "number 2 follows something else than number 1",
            Written(c => c.EnrolDevice(), c => c.FromDevice("device.started"), c => Second(c, 2, c.Genesis.Statement.Hash))),
        Of("chain-missing", PackVerdict.ChainBroken, "a seal's statement without a place in its chain",
            Written(c => c.EnrolDevice(), c => c.State(SampleCourt.DeviceKey, SampleCourt.Device, SampleCourt.Seal, "strip.cut"))),
    ];

    private static IEnumerable<Vector> Originals() =>
    [
        Of("original-not-vouched", PackVerdict.OriginalNotVouched, "a picture that no statement knows, listed as vouched for",
            Forge.Set(PackPath.Original(Digest.Of("x"u8), "jpg"), [.. "x"u8]).Relist().Zip()),
        Of("clip-reordered", PackVerdict.ClipReordered, "the fragments of the clip in another order, each still genuine", SampleCourt.Write(Clipped().Content(null, SampleCase.ClipOf(1, 0, 2)))),
        Of("clip-repeated", PackVerdict.ClipReordered, "a fragment twice", SampleCourt.Write(Clipped().Content(null, SampleCase.ClipOf(0, 0, 1, 2)))),
        Of("clip-two-streams", PackVerdict.ClipReordered, "fragments of two streams under one init, put into one clip", TwoStreams()),
        Of("vouching-wrong", PackVerdict.VouchingWrong, "the manifest says the genesis vouches for the picture", Forge.Relist(by: [s_court.Genesis.Statement.Hash]).Zip()),
        Of("index-not-derived", PackVerdict.IndexNotDerived, "the index says that the strip was never cut", Edited(PackPath.Index, "封条被剪断", "封条恢复连接")),
        Of("readme-not-derived", PackVerdict.IndexNotDerived, "the README gives another fingerprint", Edited(PackPath.Readme, s_court.Genesis.Fingerprint, "00000")),
    ];

    private static SampleCourt Small()
    {
        var court = new SampleCourt();
        court.EnrolDevice();
        court.FromDevice("strip.cut", CborValue.Map(("level", CborValue.Integer(3))));
        court.FromDevice("media.still", data: new HashedData(Digest.Of(SampleCase.Picture), "image/jpeg"));
        return court;
    }

    private static SampleCourt Clipped()
    {
        var court = new SampleCourt();
        court.EnrolDevice();
        court.FromDevice("media.manifest", s_case.Manifest.Body);
        return court;
    }

    /// <summary>The numbers would fit one stream; they are of two.</summary>
    private static byte[] TwoStreams()
    {
        var court = new SampleCourt();
        court.EnrolDevice();
        foreach (var (stream, first, count) in ((long, long, int)[])[(1, 0, 1), (2, 1, 2)])
        {
            court.FromDevice("media.manifest", CborValue.Map(s_case.Manifest.Body.AsMap().Select(e => e.Key.AsText() switch
            {
                "stream" => Replaced(e, CborValue.Integer(stream)),
                "first" => Replaced(e, CborValue.Integer(first)),
                "fragments" => Replaced(e, CborValue.Array([.. e.Value.AsArray().Skip((int)first).Take(count)])),
                _ => e,
            })));
        }

        return SampleCourt.Write(court.Content(null, SampleCase.Clip));

        static KeyValuePair<CborValue, CborValue> Replaced(KeyValuePair<CborValue, CborValue> entry, CborValue value) => new(entry.Key, value);
    }

    private static byte[] Written(params Action<SampleCourt>[] acts)
    {
        var court = new SampleCourt();
        foreach (var act in acts)
        {
            act(court);
        }

        return SampleCourt.Write(court.Content());
    }

    private static void Revoke(SampleCourt court) => court.FromCourt("device.revoked", CborValue.Map(
        ("device", CborValue.Text(SampleCourt.DeviceId)), ("key", CborValue.Bytes(SampleCourt.DeviceKey.PublicKey.Thumbprint)), ("reason", CborValue.Text("lost"))));

    private static void WrongSignature(SampleCourt court)
    {
        var right = new SampleCourt().FromDevice("strip.cut");
        Statement.TryParse(Golden.Flip(right.Bytes.ToArray(), -1), out var wrong, out _);
        court.Add(wrong!);
    }

    private static void Second(SampleCourt court, long sequence, Digest previous) => court.State(
        SampleCourt.DeviceKey, SampleCourt.Device, SampleCourt.Seal, "door.open", chain: new StatementChain(new byte[8], sequence, previous));

    private static Statement Genesis(Rfc6979SigningKey signer, long courts = 1, long quorum = 1) => new StatementDraft
    {
        Issuer = SampleCourt.Court, Subject = SampleCourt.Origin, Kind = CourtGenesis.Kind, TimeMs = 0,
        Body = SampleCourt.GenesisBody(SampleCourt.LogKey, SampleCourt.CommandKey, SampleCourt.StationKey, courts, quorum),
    }.Sign(signer);

    private static Statement OtherGenesis() => new StatementDraft
    {
        Issuer = SampleCourt.Court, Subject = SampleCourt.Origin, Kind = CourtGenesis.Kind, TimeMs = 0,
        Body = SampleCourt.GenesisBody(SampleCourt.OfficerKey, SampleCourt.OfficerKey, SampleCourt.OfficerKey),
    }.Sign(SampleCourt.OfficerKey);

    private static byte[] DatedBack(long byMs)
    {
        var court = new SampleCourt();
        court.EnrolDevice();
        court.FromDevice("device.started");
        court.FromDeviceDatedBack("strip.cut", byMs);
        return SampleCourt.Write(court.Content());
    }

    private static byte[] OddText()
    {
        const string Odd = "<b>&'\"\\/\u00a0\u00ad\u0600\u200b\u2028\u202e\u2066\ufeff\U0001f600\U0001d173\u0085\u007f\u0001\t\n\r";
        var court = new SampleCourt();
        court.FromCourt("order.issued", CborValue.Map(("case", CborValue.Text("case " + Odd)), ("nothing", CborValue.Null), ("list", CborValue.Array(CborValue.Boolean(true), CborValue.Integer(-5), CborValue.Bytes([])))));
        court.FromCourt("order.issued", CborValue.Map(("case", CborValue.Text("case 2")), (Odd, CborValue.Map((1, CborValue.Integer(long.MinValue))))));
        court.FromStation("<weather>", CborValue.Map(("case", CborValue.Text("none"))));
        court.State(SampleCourt.CommandKey, SampleCourt.Court, "<seal>&'\"\\\u202e\u200b", "order.lifted");
        foreach (var timeMs in new[] { 0, 253_370_764_800_000, 253_370_764_800_001, long.MaxValue })
        {
            court.Add(new StatementDraft { Issuer = SampleCourt.Court, Subject = SampleCourt.Origin, Kind = "order.erased", TimeMs = timeMs }.Sign(SampleCourt.CommandKey));
        }

        return SampleCourt.Write(court.Content());
    }

    private static byte[] RosterOf(Statement genesis) =>
        CborValue.Array(CborValue.Integer(1), CborValue.Array(CborValue.Bytes(genesis.Bytes.ToArray()))).Encode();

    private static byte[] Malformed()
    {
        var cose = CoseSign1.Parse(s_still.Bytes.Span);
        var bytes = CoseSign1.Encode(
            cose.ProtectedHeader.Span, CborValue.Map((394, CborValue.Array())), cose.Payload!.Value.ToArray(), cose.Signature.Span);
        var hash = Digest.Of(bytes);
        var receipt = Forge.Files[PackPath.Receipt(s_still.Hash)];
        return Forge.Remove(PackPath.Statement(s_still.Hash)).Remove(PackPath.Receipt(s_still.Hash))
            .Set(PackPath.Statement(hash), bytes).Set(PackPath.Receipt(hash), receipt)
            .Relist(Listed(s_court.Statements, last: hash)).Zip();
    }

    private static byte[] OlderTree()
    {
        var older = new SampleLog(SampleCourt.Origin, SampleCourt.LogKey);
        foreach (var entry in s_court.Log.Entries.SkipLast(1))
        {
            older.Append(entry);
        }

        return Forge.Set(PackPath.Receipt(s_court.Statements[1].Hash), older.Receipt(1)).Relist().Zip();
    }

    private static byte[] OtherIndex() => Forge.Relist(
        [.. Listed(s_court.Statements).SkipLast(1), new PackManifestStatement(s_still.Hash, s_court.Statements.Count)]).Zip();

    private static byte[] WithoutGenesis()
    {
        var genesis = s_court.Genesis.Statement.Hash;
        return Forge.Remove(PackPath.Statement(genesis)).Remove(PackPath.Receipt(genesis)).Relist([.. Listed(s_court.Statements).Skip(1)]).Zip();
    }

    private static byte[] Edited(string name, string before, string after)
    {
        var text = System.Text.Encoding.UTF8.GetString(Forge.Files[name]);
        return Forge.Set(name, System.Text.Encoding.UTF8.GetBytes(text.Replace(before, after, StringComparison.Ordinal))).Relist().Zip();
    }

    private static byte[] Compressed()
    {
        var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create))
        {
            foreach (var (name, bytes) in Forge.Files)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var stream = entry.Open();
                stream.Write(bytes);
            }
        }

        return output.ToArray();
    }

    private static PackManifestStatement[] Listed(IReadOnlyList<Statement> statements, Digest? last = null) =>
        [.. statements.Select((s, i) => new PackManifestStatement(i == statements.Count - 1 && last is not null ? last.Value : s.Hash, i))];

    private static Vector Of(string name, PackVerdict verdict, string description, byte[] bytes) =>
        Golden.Of(name, verdict, description, bytes) with { File = name + ".zip", Roster = s_roster };
}
