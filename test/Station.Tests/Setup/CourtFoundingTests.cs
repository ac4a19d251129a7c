using Cinnabar.Evidence.Governance;
using Cinnabar.Shared;
using Cinnabar.Station.Keys;
using Cinnabar.Station.Tests.Hosting;

namespace Cinnabar.Station.Tests.Setup;

/// <summary>Five courts found a set: what each command makes, and what it refuses.</summary>
public sealed class CourtFoundingTests : IDisposable
{
    private readonly TestLeague _league = new(5);

    public void Dispose() => _league.Dispose();

    [Fact]
    public void FiveCourts_HoldTheSameLog_InWhichEachFindsItsOwnKeys()
    {
        _league.Found();

        var log = GovernanceFile.Read(_league.Data(0).FullName)!;
        Assert.All(Enumerable.Range(1, 4), c => Assert.Equal(log.Encode(), File.ReadAllBytes(_league.Governance(c).FullName)));
        Assert.Equal((1, 5, 4), (log.Current.Number, log.Current.Courts.Count, log.Current.Quorum.Needed));
        using var link = LinkKey.Open(_league.Data(3).FullName);
        using var cosigner = CosignerKeys.Open(_league.Data(3).FullName, 1);
        var named = log.Current.Find("log.c3.example/2026")!;
        Assert.Equal((link.Digest, cosigner.Receipt.PublicKey), (named.LinkKey, named.CosignerKey));
    }

    [Fact]
    public void FourOfFive_AreEnough_AndTheFifthMayAdopt()
    {
        var draft = _league.FirstDraft();
        string[] approvals = [.. Enumerable.Range(0, 4).Select(c => _league.Approve(c, draft))];

        _league.Do(["adopt", "--data", _league.Data(4).FullName, "--draft", draft, "--approvals", .. approvals]);

        var log = GovernanceFile.Read(_league.Data(4).FullName)!;
        Assert.Equal(4, log.ApprovalsOf(log.Current).Count);
    }

    [Fact]
    public void ThreeOfFive_AreTooFew_AndTheSilentOnesAreNamed()
    {
        var draft = _league.FirstDraft();
        string[] approvals = [.. Enumerable.Range(0, 3).Select(c => _league.Approve(c, draft))];

        var refused = _league.Refused(["adopt", "--data", _league.Data(0).FullName, "--draft", draft, "--approvals", .. approvals]);

        Assert.Contains("3 of the 4", refused, StringComparison.Ordinal);
        Assert.Contains("京0103 第3人民法院, 京0104 第4人民法院", refused, StringComparison.Ordinal);
        Assert.False(_league.Governance(0).Exists);
    }

    [Fact]
    public void ApprovalFileGivenTwice_IsOneCourt()
    {
        var draft = _league.FirstDraft();
        string[] approvals = [.. Enumerable.Range(0, 3).Select(c => _league.Approve(c, draft))];

        var refused = _league.Refused(["adopt", "--data", _league.Data(0).FullName, "--draft", draft, "--approvals", .. approvals, approvals[0]]);

        Assert.Contains("3 of the 4", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void ApprovalWithAFlippedByte_IsRefusedWithItsCourt()
    {
        var draft = _league.FirstDraft();
        string[] approvals = [.. Enumerable.Range(0, 5).Select(c => _league.Approve(c, draft))];
        var bytes = File.ReadAllBytes(approvals[2]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(approvals[2], bytes);

        var refused = _league.Refused(["adopt", "--data", _league.Data(0).FullName, "--draft", draft, "--approvals", .. approvals]);

        Assert.Contains("court:京0102 is not signed", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void ApprovalOfAnotherDraft_IsRefusedWithItsFile()
    {
        var draft = _league.FirstDraft();
        string[] approvals = [.. Enumerable.Range(0, 4).Select(c => _league.Approve(c, draft))];
        var other = Other("--clock-ms", "60000");

        var refused = _league.Refused(["adopt", "--data", _league.Data(0).FullName, "--draft", draft, "--approvals", .. approvals, _league.Approve(4, other)]);

        Assert.Contains("approval-4-other.cbor holds court:京0104's word about another document", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void SecondDraftOfOneEpoch_IsNotApproved_UnlessTheFirstIsGivenUpByName()
    {
        var draft = _league.FirstDraft();
        _league.Approve(0, draft);
        var other = Other("--clock-ms", "60000");
        string[] command = ["approve", "--data", _league.Data(0).FullName, "--draft", other, "--out", _league.InRoot("again.cbor")];

        var refused = _league.Refused(command);

        var first = CourtHash(draft);
        Assert.Contains($"--instead-of {first}", refused, StringComparison.Ordinal);
        Assert.False(File.Exists(_league.InRoot("again.cbor")));
        _league.Do([.. command, "--instead-of", first]);
    }

    [Fact]
    public void DraftInWhichTheOwnKeyWasChanged_IsNotApproved_AndTheRoleIsNamed()
    {
        var stranger = Tampered("stranger.cbor", m => m with { LinkKey = Evidence.Digest.Of("stranger"u8) });
        var refused = _league.Refused("approve", "--data", _league.Data(0).FullName, "--draft", stranger, "--out", _league.InRoot("no.cbor"));

        Assert.Contains("what is not in", refused, StringComparison.Ordinal);
        Assert.Contains("link_key", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("log_key", refused, StringComparison.Ordinal);
        _league.Approve(1, stranger); // Another court cannot know; the first one's refusal is what is to be heard.
    }

    [Fact]
    public void EpochWithForeignKeys_IsNotAdopted_HoweverManyApproved()
    {
        var stranger = Tampered("stranger.cbor", m => m with { CosignerNoteKey = Evidence.Digest.Of("stranger"u8).ToArray() });
        string[] approvals = [.. Enumerable.Range(1, 4).Select(c => _league.Approve(c, stranger))];

        var refused = _league.Refused(["adopt", "--data", _league.Data(0).FullName, "--draft", stranger, "--approvals", .. approvals]);

        Assert.Contains("cosigner_note_key", refused, StringComparison.Ordinal);
    }

    [Fact]
    public void MemberOfAnotherEpochThanTheNext_IsRefused()
    {
        Assert.Contains("--epoch 1", _league.Refused(
            "member", "--data", _league.Data(0).FullName, "--endpoint", "https://c0:1", "--epoch", "2", "--out", _league.InRoot("m.cbor")), StringComparison.Ordinal);
        _league.Found();
        Assert.Contains("the next is 2, not 1", _league.Refused(
            "member", "--data", _league.Data(0).FullName, "--endpoint", "https://c0:1", "--epoch", "1", "--out", _league.InRoot("m.cbor")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://c0.example:9443")]
    [InlineData("c0.example:9443")]
    public void EndpointWithoutTls_IsRefused(string endpoint) => Assert.Contains("https://", _league.Refused(
        "member", "--data", _league.Data(0).FullName, "--endpoint", endpoint, "--epoch", "1", "--out", _league.InRoot("m.cbor")), StringComparison.Ordinal);

    [Fact]
    public void MemberAgain_HasTheSameKeys_AndTheFileIsNotReplaced()
    {
        var first = _league.Member(0, 1);
        var again = _league.Member(0, 1, "again.cbor");

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(again));
        Assert.Contains("not replaced", _league.Refused(
            "member", "--data", _league.Data(0).FullName, "--endpoint", "https://c0:1", "--epoch", "1", "--out", first), StringComparison.Ordinal);
    }

    [Fact]
    public void FolderThatIsNoCourts_IsRefused() => Assert.Contains("cinnabar-station init", _league.Refused(
        "member", "--data", _league.InRoot("nowhere"), "--endpoint", "https://c0:1", "--epoch", "1", "--out", _league.InRoot("m.cbor")), StringComparison.Ordinal);

    [Fact]
    public void SameCourtTwice_IsRefusedByName()
    {
        var member = _league.Member(0, 1);

        Assert.Contains("京0100 with log.c0.example/2026 stands in 2", _league.Refused(
            "propose", "--members", member, member, "--out", _league.InRoot("d.cbor")), StringComparison.Ordinal);
    }

    [Fact]
    public void FewerLiarsThanTheRule_AreRefused()
    {
        string[] members = [.. Enumerable.Range(0, 5).Select(c => _league.Member(c, 1))];

        Assert.Contains("floor((n-1)/3)", _league.Refused(["propose", "--members", .. members, "--liars", "0", "--out", _league.InRoot("d.cbor")]), StringComparison.Ordinal);
    }

    [Fact]
    public void FileThatIsNoMemberDocument_IsRefusedByName()
    {
        var draft = _league.FirstDraft();

        Assert.Contains("draft-1.cbor is no member document", _league.Refused("propose", "--members", draft, "--out", _league.InRoot("d.cbor")), StringComparison.Ordinal);
    }

    [Fact]
    public void Show_SaysWhatEachFileHolds()
    {
        var draft = _league.Found();

        Assert.Contains("n 5, f 1, q 4: an entry is final with 4 courts; 1 may be silent, and with up to 2 that lie", _league.Do("show", draft), StringComparison.Ordinal);
        Assert.Contains("to read out: ", _league.Do("show", _league.InRoot("member-2-1.cbor")), StringComparison.Ordinal);
        Assert.Contains("court:京0101 governance.approval", _league.Do("show", _league.InRoot("approval-1-draft-1.cbor")), StringComparison.Ordinal);
        var log = _league.Do("show", _league.Governance(0).FullName);
        Assert.Contains("approved by court:京0104 governance.approval", log, StringComparison.Ordinal);
        Assert.Contains("Epoch 1 is the newest", log, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_OfAFileThatIsNone_IsRefused()
    {
        File.WriteAllText(_league.InRoot("letter.txt"), "Dear colleagues");

        Assert.Contains("no file between courts", _league.Refused("show", _league.InRoot("letter.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void AdoptedEpoch_AdoptedAgain_ChangesNothing()
    {
        var draft = _league.Found();
        var before = File.ReadAllBytes(_league.Governance(0).FullName);

        _league.Do("adopt", "--data", _league.Data(0).FullName, "--draft", draft);

        Assert.Equal(before, File.ReadAllBytes(_league.Governance(0).FullName));
    }

    [Fact]
    public async Task BuiltProgram_FoundsFourCourts()
    {
        var root = Directory.CreateDirectory(_league.InRoot("built"));

        var courts = await CourtFolders.FoundAsync(root.FullName, [.. Enumerable.Range(0, 4).Select(i =>
            new CourtSpec($"第{i}人民法院", $"Court {i}", $"京010{i}", $"log.c{i}.example/2026", $"https://127.0.0.{i + 1}:9443"))], TestContext.Current.CancellationToken);

        Assert.Equal(3, GovernanceFile.ReadFrom(courts.Governance.FullName).Current.Quorum.Needed);
        Assert.All(courts.Folders, f => Assert.NotNull(GovernanceFile.Read(f.FullName)));
    }

    /// <summary>Another draft of the first epoch from the same documents.</summary>
    private string Other(params string[] options)
    {
        var draft = _league.InRoot("other.cbor");
        _league.Do(["propose", "--members", .. Enumerable.Range(0, 5).Select(c => _league.InRoot($"member-{c}-1.cbor")), "--out", draft, .. options]);
        return draft;
    }

    /// <summary>A draft in which court 0's document was changed on its way.</summary>
    private string Tampered(string name, Func<CourtMember, CourtMember> change)
    {
        string[] members = [.. Enumerable.Range(0, 5).Select(c => _league.Member(c, 1))];
        Assert.True(CourtMember.TryParse(File.ReadAllBytes(members[0]), out var member, out _));
        File.WriteAllBytes(members[0], change(member).Encode());
        _league.Do(["propose", "--members", .. members, "--out", _league.InRoot(name)]);
        return _league.InRoot(name);
    }

    private static string CourtHash(string draft) => Evidence.Digest.Of(File.ReadAllBytes(draft)).ToString();
}
