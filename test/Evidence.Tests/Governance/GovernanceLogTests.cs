using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Statements;
using Cinnabar.Shared;
using static Cinnabar.Shared.SampleLeague;

namespace Cinnabar.Evidence.Tests.Governance;

public sealed class GovernanceLogTests
{
    private static readonly Epoch s_first = Epoch(5);

    [Fact]
    public void Log_comes_back_as_it_was_written()
    {
        var log = GovernanceLog.Begin(s_first, ApprovedBy(s_first, 4)).Append(Second(), ApprovedBy(Second(), 5));

        Assert.Equal((GovernanceVerdict.Valid, ""), (GovernanceLog.TryParse(log.Encode(), out var read, out var detail), detail));
        Assert.Equal(log.Epochs.Select(e => e.Hash), read!.Epochs.Select(e => e.Hash));
        Assert.Equal(log.Encode(), read.Encode());
        Assert.Equal(4, read.Current.Quorum.Needed);
        Assert.Equal(CodeOf(2), read.Current.Find(OriginOf(2))!.Code);
    }

    [Fact]
    public void One_approval_fewer_than_q_is_refused() => Refused(GovernanceVerdict.TooFewApprovals, [(s_first, [.. ApprovedBy(s_first, 3)])]);

    [Fact]
    public void An_approval_twice_is_no_second_court()
    {
        // Signed again a second later: another statement, the same court.
        var again = EpochApproval.Sign(s_first, CodeOf(0), ApprovalKey(0), TimeMs + 1_000);
        Refused(GovernanceVerdict.TooFewApprovals, [(s_first, [.. ApprovedBy(s_first, 3), again])]);
    }

    [Fact]
    public void The_same_bytes_twice_are_refused() => Refused(GovernanceVerdict.ApprovalInvalid, [(s_first, [.. ApprovedBy(s_first, 4), Approve(s_first, 0)])]);

    [Fact]
    public void A_stranger_s_approval_is_refused()
    {
        var stranger = EpochApproval.Sign(s_first, "示0999", Rfc6979SigningKey.Named("stranger"), TimeMs);
        Refused(GovernanceVerdict.ApprovalInvalid, [(s_first, [.. ApprovedBy(s_first, 4), stranger])]);
    }

    [Fact]
    public void An_approval_of_another_document_is_refused()
    {
        var other = Evidence.Governance.Epoch.Of(Draft(5) with { ClockMsMax = 60_000 });
        Refused(GovernanceVerdict.ApprovalInvalid, [(s_first, [.. ApprovedBy(s_first, 4), Approve(other, 4)])]);
    }

    [Fact]
    public void New_courts_alone_cannot_take_over()
    {
        // Five other courts, all agreed, and none of the old ones: membership capture.
        var captured = Evidence.Governance.Epoch.Of(new EpochDraft
        {
            Number = 2, Previous = s_first.Hash, Liars = 1, Courts = [.. Enumerable.Range(5, 5).Select(c => Court(c, 2))],
        });
        Refused(GovernanceVerdict.TooFewApprovals,
            [(s_first, [.. ApprovedBy(s_first, 4)]), (captured, [.. Enumerable.Range(5, 5).Select(c => Approve(captured, c))])]);
    }

    [Fact]
    public void Old_courts_alone_cannot_appoint_others()
    {
        var appointed = Evidence.Governance.Epoch.Of(new EpochDraft
        {
            Number = 2, Previous = s_first.Hash, Liars = 1, Courts = [.. Enumerable.Range(5, 5).Select(c => Court(c, 2))],
        });
        Refused(GovernanceVerdict.TooFewApprovals, [(s_first, [.. ApprovedBy(s_first, 4)]), (appointed, [.. ApprovedBy(appointed, 5)])]);
    }

    [Fact]
    public void A_cosigner_s_key_of_an_earlier_epoch_is_refused()
    {
        var reused = Evidence.Governance.Epoch.Of(Draft(5) with { Number = 2, Previous = s_first.Hash });
        Refused(GovernanceVerdict.KeyReused, [(s_first, [.. ApprovedBy(s_first, 4)]), (reused, [.. ApprovedBy(reused, 5)])]);
    }

    [Fact]
    public void An_epoch_that_names_another_predecessor_is_refused()
    {
        var second = Evidence.Governance.Epoch.Of(SecondDraft() with { Previous = Digest.Of("other"u8) });
        Refused(GovernanceVerdict.NotInSequence, [(s_first, [.. ApprovedBy(s_first, 4)]), (second, [.. ApprovedBy(second, 5)])]);
    }

    [Fact]
    public void A_log_that_begins_with_epoch_two_is_refused() => Refused(GovernanceVerdict.NotInSequence, [(Second(), [.. ApprovedBy(Second(), 5)])]);

    [Fact]
    public void A_weak_quorum_is_refused()
    {
        var thrown = Assert.Throws<ArgumentException>(() => Evidence.Governance.Epoch.Of(Draft(4) with { Liars = 0 }));
        Assert.Contains("floor((n-1)/3)", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_in_two_roles_is_refused()
    {
        var courts = Draft(4).Courts;
        var doubled = Draft(4) with { Courts = [courts[0] with { CosignerKey = courts[1].LogKey }, .. courts.Skip(1)] };
        Assert.Contains("two roles", Assert.Throws<ArgumentException>(() => Evidence.Governance.Epoch.Of(doubled)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://c0.example")]
    [InlineData("https://c0 .example")]
    public void An_endpoint_without_tls_or_with_spaces_is_refused(string endpoint)
    {
        var courts = Draft(4).Courts;
        Assert.Throws<ArgumentException>(() => Evidence.Governance.Epoch.Of(Draft(4) with { Courts = [courts[0] with { Endpoint = endpoint }, .. courts.Skip(1)] }));
    }

    [Fact]
    public void A_revoked_key_cannot_serve()
    {
        var thrown = Assert.Throws<ArgumentException>(() => Evidence.Governance.Epoch.Of(Draft(4) with { RevokedKeys = [LogKey(0).PublicKey.Thumbprint] }));
        Assert.Contains("revoked", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_flipped_byte_is_refused()
    {
        var bytes = GovernanceLog.Begin(s_first, ApprovedBy(s_first, 4)).Encode();
        for (var i = 0; i < bytes.Length; i += 7)
        {
            bytes[i] ^= 1;
            Assert.NotEqual(GovernanceVerdict.Valid, GovernanceLog.TryParse(bytes, out _, out _));
            bytes[i] ^= 1;
        }
    }

    private static EpochDraft SecondDraft() => new()
    {
        Number = 2, Previous = s_first.Hash, Liars = 1, Courts = [.. Enumerable.Range(0, 5).Select(c => Court(c, 2))],
        Logs = [new LogTerminal(OriginOf(0), 17, Digest.Of("root"u8))],
    };

    private static Epoch Second() => Evidence.Governance.Epoch.Of(SecondDraft());

    private static void Refused(GovernanceVerdict verdict, (Epoch Epoch, Statement[] Approvals)[] epochs)
    {
        var bytes = CborValue.Array(CborValue.Integer(1), CborValue.Array([.. epochs.Select(e => CborValue.Array(
            CborValue.Bytes(e.Epoch.Bytes.ToArray()),
            CborValue.Array([.. e.Approvals.OrderBy(a => a.Hash).Select(a => CborValue.Bytes(a.Bytes.ToArray()))])))])).Encode();
        var found = GovernanceLog.TryParse(bytes, out _, out var detail);
        Assert.True(found == verdict, $"{found}: {detail}");
    }
}
