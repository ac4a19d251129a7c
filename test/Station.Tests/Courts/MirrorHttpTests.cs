using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Courts;

namespace Cinnabar.Station.Tests.Courts;

/// <summary>A mirror's answer says the same on either side of the wire.</summary>
public sealed class MirrorHttpTests
{
    private static readonly NoteSignature[] s_lines = [new("log.example/cosigner/1", 7, new byte[] { 1, 2, 3 }), new("log.example/cosigner/1", 8, new byte[64])];

    public static TheoryData<MirrorVerdict> Verdicts => [.. Enum.GetValues<MirrorVerdict>()];

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void EveryVerdict_ComesBackAsTheOwnerMustReadIt(MirrorVerdict verdict)
    {
        var isCosigned = verdict == MirrorVerdict.Cosigned;
        var (status, _, body) = MirrorHttp.Write(new MirrorAnswer(verdict, 42, isCosigned ? s_lines : [], isCosigned || verdict == MirrorVerdict.OtherSize ? "" : "Entry 7 breaks the rule."));

        var read = MirrorHttp.Read(status, "42", body)!;

        // Two verdicts share a number of HTTP with another one that asks the same of the owner.
        var expected = verdict switch { MirrorVerdict.RootMismatch => MirrorVerdict.EntryRefused, MirrorVerdict.Sealed => MirrorVerdict.Frozen, _ => verdict };
        Assert.Equal((expected, 42L), (read.Verdict, read.HeldSize));
        Assert.Equal(isCosigned || verdict == MirrorVerdict.OtherSize ? "" : "Entry 7 breaks the rule.", read.Sentence);
        Assert.Equal(isCosigned ? s_lines.Select(Text) : [], read.Lines.Select(Text));
    }

    [Fact]
    public void OtherSize_IsSaidAsC2spSays() => Assert.Equal((409, "text/x.tlog.size", "42\n"), MirrorHttp.Write(new MirrorAnswer(MirrorVerdict.OtherSize, 42, [], "")));

    [Theory]
    [InlineData(200, "42", "")]
    [InlineData(200, "42", "no lines at all")]
    [InlineData(200, null, "\u2014 log.example/cosigner/1 AAAABwECAw==\n")]
    [InlineData(409, "-1", "")]
    [InlineData(409, "99999999999999999999", "")]
    [InlineData(409, " 4", "")]
    [InlineData(404, "42", "")]
    [InlineData(429, "42", "")]
    [InlineData(500, null, "")]
    [InlineData(0, "42", "")]
    public void AnswerThatNoMirrorGives_IsNone(int status, string? held, string body) => Assert.Null(MirrorHttp.Read(status, held, body));

    [Fact]
    public void MoreLinesThanANoteHas_AreNoAnswer() => Assert.Null(MirrorHttp.Read(
        200, "42", string.Concat(Enumerable.Repeat("\u2014 log.example/cosigner/1 AAAABwECAw==\n", SignedNote.SignaturesMax + 1))));

    private static string Text(NoteSignature line) => $"{line.Name} {line.KeyId} {Convert.ToHexString(line.Signature.Span)}";
}
