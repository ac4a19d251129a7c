using Cinnabar.Evidence;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Governance;
using Cinnabar.Station.Keys;
using Cinnabar.Station.Tests.Hosting;

namespace Cinnabar.Station.Tests.Setup;

/// <summary>A set of four courts (q 3) goes on: new keys, a court more, a court less, and logs that are taken over.</summary>
public sealed class CourtNextEpochTests : IDisposable
{
    private readonly TestLeague _league = new(4);
    private string[] _sealFiles = [];

    public CourtNextEpochTests() => _league.Found();

    public void Dispose() => _league.Dispose();

    [Fact]
    public void SecondEpoch_IsAdopted_WithNewCosignersKeys()
    {
        var draft = Propose([0, 1, 2, 3], Seals(3));
        Assert.Contains("approves document", _league.Do("approve", "--data", Data(0), "--draft", draft, "--out", _league.InRoot("a.cbor")), StringComparison.Ordinal);

        _league.Do(["adopt", "--data", Data(3), "--draft", draft, "--approvals", _league.InRoot("a.cbor"), _league.Approve(1, draft), _league.Approve(2, draft)]);

        var log = GovernanceFile.Read(Data(3))!;
        Assert.Equal((2, 2), (log.Epochs.Count, (int)log.Current.Number));
        Assert.NotEqual(log.Epochs[0].Courts[0].CosignerKey, log.Current.Courts[0].CosignerKey);
        Assert.Equal(log.Epochs[0].Courts[0].LinkKey, log.Current.Courts[0].LinkKey);
        Assert.Contains("Epoch 2 is the newest", _league.Do("show", _league.Governance(3).FullName), StringComparison.Ordinal);
    }

    [Fact]
    public void FifthCourt_TakesOverTheLogByItsHash_HandsIn_AndIsIn()
    {
        var fifth = _league.Add();
        var hash = GovernanceFile.Read(Data(0))!.Current.Hash.ToString();
        Assert.Contains("--pin", _league.Refused("adopt", "--data", Data(fifth), "--governance", _league.Governance(0).FullName), StringComparison.Ordinal);
        Assert.Contains("--pin", _league.Refused("adopt", "--data", Data(fifth), "--governance", _league.Governance(0).FullName, "--pin", new string('0', 64)), StringComparison.Ordinal);
        Assert.Contains("not in it", _league.Do("adopt", "--data", Data(fifth), "--governance", _league.Governance(0).FullName, "--pin", hash), StringComparison.Ordinal);
        var draft = Propose([0, 1, 2, 3, fifth], Seals(3));

        string[] approvals = [.. Enumerable.Range(0, 5).Select(c => _league.Approve(c, draft))];
        for (var court = 0; court < 5; court++)
        {
            _league.Do(["adopt", "--data", Data(court), "--draft", draft, "--approvals", .. approvals]);
        }

        Assert.Equal((5, 4), (GovernanceFile.Read(Data(fifth))!.Current.Quorum.Courts, GovernanceFile.Read(Data(fifth))!.Current.Quorum.Needed));
        Assert.Contains("京0104 with log.c4.example/2026 comes in", _league.Do("show", draft, "--governance", FirstOnly()), StringComparison.Ordinal);
    }

    [Fact]
    public void CourtThatSlept_CatchesUpWithAnotherCourtsLog_AndNobodyGoesBack()
    {
        var before = FirstOnly();
        var draft = Propose([0, 1, 2, 3], Seals(3));
        string[] approvals = [.. Enumerable.Range(0, 3).Select(c => _league.Approve(c, draft))];
        _league.Do(["adopt", "--data", Data(0), "--draft", draft, "--approvals", .. approvals]);

        _league.Do("adopt", "--data", Data(3), "--governance", _league.Governance(0).FullName);

        Assert.Equal(2, GovernanceFile.Read(Data(3))!.Current.Number);
        Assert.Contains("epoch 2 already", _league.Refused("adopt", "--data", Data(3), "--governance", before), StringComparison.Ordinal);
    }

    [Fact]
    public void TooFewOfTheSetInForce_AreNamed_HoweverManyOfTheNewOneApprove()
    {
        var fifth = _league.Add();
        var sixth = _league.Add();
        foreach (var joining in (int[])[fifth, sixth])
        {
            _league.Do("adopt", "--data", Data(joining), "--governance", _league.Governance(0).FullName, "--pin", GovernanceFile.Read(Data(0))!.Current.Hash.ToString());
        }

        var draft = Propose([0, 1, fifth, sixth], Seals(3));
        string[] approvals = [.. ((int[])[0, 1, fifth, sixth]).Select(c => _league.Approve(c, draft))];

        var refused = _league.Refused(["adopt", "--data", Data(0), "--draft", draft, "--approvals", .. approvals]);

        Assert.Contains("2 of the 3 approvals that the set of courts in force", refused, StringComparison.Ordinal);
        Assert.Contains("京0102 第2人民法院, 京0103 第3人民法院", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void MemberDocumentOfTheEpochBefore_IsRefusedWithItsCourt()
    {
        string[] members = [_league.InRoot("member-0-1.cbor"), .. Enumerable.Range(1, 3).Select(c => _league.Member(c, 2))];

        var refused = _league.Refused(["propose", "--members", .. members, "--governance", FirstOnly(), "--seals", .. Seals(3), "--out", _league.InRoot("d.cbor")]);

        Assert.Contains("京0100 hands in a cosigner's key of epoch 1", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void ReplacedLogUnderItsOldName_IsRefused()
    {
        string[] members = [.. Enumerable.Range(0, 4).Select(c => _league.Member(c, 2))];
        Assert.True(CourtMember.TryParse(File.ReadAllBytes(members[0]), out var member, out _));
        File.WriteAllBytes(members[0], (member with { Genesis = Digest.Of("new disk"u8) }).Encode());

        var refused = _league.Refused(["propose", "--members", .. members, "--governance", FirstOnly(), "--seals", .. Seals(3), "--out", _league.InRoot("d.cbor")]);

        Assert.Contains("not replaced under its name", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoSealsOfThree_AreTooFew_AndTheSilentOnesAreNamed()
    {
        string[] members = [.. Enumerable.Range(0, 4).Select(c => _league.Member(c, 2))];

        var refused = _league.Refused(["propose", "--members", .. members, "--governance", FirstOnly(), "--seals", .. Seals(2), "--out", _league.InRoot("d.cbor")]);

        Assert.Contains("京0100 cannot go on with its log: log.c0.example/2026 is sealed by 2 of the 3 courts needed. Not by: 京0102, 京0103", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void SealsOfAnEpochThatIsNotInForce_AreRefusedWithTheirFile()
    {
        using var other = new TestLeague(4);
        other.Found();

        var refused = _league.Refused(["propose", "--members", .. Enumerable.Range(0, 4).Select(c => _league.Member(c, 2)),
            "--governance", FirstOnly(), "--seals", other.Seal(0), "--out", _league.InRoot("d.cbor")]);

        Assert.Contains("by court:京0100 is refused", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LargestSealedHead_IsWhereTheEpochTakesOver_AndTheOwnerFindsItInItsLog()
    {
        var note = await _league.RunStationAsync(0);
        var origin = "log.c0.example/2026";
        var draft = Propose([0, 1, 2, 3], [_league.Seal(0, (origin, note)), _league.Seal(1), _league.Seal(2, (origin, note))]);

        Assert.True(Epoch.TryParse(File.ReadAllBytes(draft), out var epoch, out _));
        // Genesis, and the header that begins the epoch.
        Assert.Equal((origin, 2), (epoch.Logs.Single().Origin, epoch.Logs.Single().Size));
        _league.Approve(0, draft);
    }

    [Fact]
    public async Task OwnerWhoseDiskHoldsLess_DoesNotApprove()
    {
        var origin = "log.c0.example/2026";
        using var keys = StationKeys.Open(Data(0));
        var longer = new CheckpointSigner(origin, keys.Log).Sign(7, Digest.Of("seven entries"u8));
        await _league.RunStationAsync(0);
        var draft = Propose([0, 1, 2, 3], [_league.Seal(1, (origin, longer)), _league.Seal(2), _league.Seal(3)]);

        Assert.Contains("this folder holds 2", _league.Refused("approve", "--data", Data(0), "--draft", draft, "--out", _league.InRoot("a.cbor")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnerWhoseLogHasOtherEntries_DoesNotApprove()
    {
        var origin = "log.c0.example/2026";
        using var keys = StationKeys.Open(Data(0));
        var other = new CheckpointSigner(origin, keys.Log).Sign(1, Digest.Of("another history"u8));
        await _league.RunStationAsync(0);
        var draft = Propose([0, 1, 2, 3], [_league.Seal(1, (origin, other)), _league.Seal(2), _league.Seal(3)]);

        Assert.Contains("second history", _league.Refused("approve", "--data", Data(0), "--draft", draft, "--out", _league.InRoot("a.cbor")), StringComparison.Ordinal);
    }

    [Fact]
    public void RevokedKeys_StayRevoked_AndAKeyOfACourtCannotBe()
    {
        var lost = Digest.Of("a key that was lost"u8).ToString();
        var draft = Propose([0, 1, 2, 3], Seals(3), "--revoked", lost);
        Assert.Contains($"changed: {lost} is revoked", _league.Do("show", draft, "--governance", FirstOnly()), StringComparison.Ordinal);
        Adopt(draft);
        var third = _league.InRoot("draft-3.cbor");
        _league.Do(["propose", "--members", .. Enumerable.Range(0, 4).Select(c => _league.Member(c, 3)),
            "--governance", _league.Governance(0).FullName, "--seals", .. Seals(3), "--out", third]);

        Assert.Contains($"revoked: {lost}", _league.Do("show", third), StringComparison.Ordinal);
        Assert.Contains("is no thumbprint", _league.Refused(["propose", "--members", _league.InRoot("member-0-3.cbor"), "--revoked", "lost", "--out", _league.InRoot("d.cbor")]), StringComparison.Ordinal);
    }

    [Fact]
    public void DraftThatDoesNotFollow_IsNotApproved()
    {
        var draft = Propose([0, 1, 2, 3], Seals(3));
        Adopt(draft);
        var stale = _league.InRoot("stale.cbor");
        _league.Do(["propose", "--members", .. Enumerable.Range(0, 4).Select(c => _league.InRoot($"member-{c}-2.cbor")), "--clock-ms", "60000",
            "--governance", FirstOnly(), "--seals", .. _sealFiles, "--out", stale]);

        Assert.Contains("in force here is epoch 2", _league.Refused("approve", "--data", Data(0), "--draft", stale, "--out", _league.InRoot("a.cbor")), StringComparison.Ordinal);
    }

    [Fact]
    public void CourtWithASuccessorLog_SignsWithTheKeysOfBothFolders()
    {
        var hash = GovernanceFile.Read(Data(0))!.Current.Hash.ToString();
        var successor = _league.Add("京0100", "log.c0.example/2026b");
        _league.Do("adopt", "--data", Data(successor), "--governance", FirstOnly(), "--pin", hash);
        var draft = Propose([successor, 1, 2, 3], [_league.Seal(1), _league.Seal(2), _league.Seal(3)]);
        var (alone, both) = (_league.InRoot("alone.cbor"), _league.InRoot("both.cbor"));

        Assert.Contains("1 signature(s)", _league.Do("approve", "--data", Data(successor), "--draft", draft, "--out", alone), StringComparison.Ordinal);
        Assert.Contains("2 signature(s)", _league.Do(
            "approve", "--data", Data(successor), "--draft", draft, "--old-key", Path.Combine(Data(0), "keys", "court.pem"), "--out", both), StringComparison.Ordinal);

        string[] others = [_league.Approve(1, draft), _league.Approve(2, draft)];
        Assert.Contains("2 of the 3 approvals that the set of courts in force (epoch 1)", _league.Refused(
            ["adopt", "--data", Data(1), "--draft", draft, "--approvals", alone, .. others]), StringComparison.Ordinal);
        _league.Do(["adopt", "--data", Data(successor), "--draft", draft, "--approvals", both, .. others]);
        Assert.Null(GovernanceFile.Read(Data(successor))!.Current.Find("log.c0.example/2026"));
        Assert.Contains("京0100 with log.c0.example/2026 leaves", _league.Do("show", draft, "--governance", FirstOnly()), StringComparison.Ordinal);
    }

    [Fact]
    public void ApprovalKeyThatIsNotTheGenesis_IsNotHandedIn()
    {
        var key = Path.Combine(Data(0), "keys", "court.pem");
        File.Move(key, _league.InRoot("old.pem"));
        KeyFile.Create(key);

        Assert.Contains("are not the keys that the genesis", _league.Refused(
            "member", "--data", Data(0), "--endpoint", "https://c0:1", "--epoch", "2", "--out", _league.InRoot("m.cbor")), StringComparison.Ordinal);
    }

    private string Data(int court) => _league.Data(court).FullName;

    /// <summary>The governance log as it was after the founding.</summary>
    private string FirstOnly()
    {
        var file = _league.InRoot("governance-1.cbor");
        if (!File.Exists(file))
        {
            File.Copy(_league.Governance(0).FullName, file);
        }

        return file;
    }

    private string[] Seals(int courts) => _sealFiles = [.. Enumerable.Range(0, courts).Select(c => _league.Seal(c))];

    private string Propose(int[] courts, string[] seals, params string[] options)
    {
        var draft = _league.InRoot("draft-2.cbor");
        _league.Do(["propose", "--members", .. courts.Select(c => _league.Member(c, 2)), "--governance", FirstOnly(), "--seals", .. seals, "--out", draft, .. options]);
        return draft;
    }

    private void Adopt(string draft)
    {
        string[] approvals = [.. Enumerable.Range(0, 4).Select(c => _league.Approve(c, draft))];
        for (var court = 0; court < 4; court++)
        {
            _league.Do(["adopt", "--data", Data(court), "--draft", draft, "--approvals", .. approvals]);
        }
    }
}
