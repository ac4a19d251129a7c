using Cinnabar.Evidence.Anchoring;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Packs;
using static Cinnabar.Evidence.Verification.PackRefusal;

namespace Cinnabar.Evidence.Verification;

/// <summary>Steps 20 to 23: which courts vouch for the checkpoint, and which anchor chain holds it.</summary>
internal sealed partial class PackExamination
{
    private GovernanceLog? _governance;
    private PackFinality? _finality;
    private AnchorExcerpt? _anchor;

    // 20. The governance log holds by itself (docs/formats/governance.md). A court that stands alone has none.
    public int? ReadGovernance()
    {
        if (_reader!.Find(PackPath.Governance) is not { } file)
        {
            FindAlone();
            return null;
        }

        var verdict = GovernanceLog.TryParse(_reader.Read(file), out _governance, out var detail);
        Require(verdict == GovernanceVerdict.Valid, PackVerdict.GovernanceInvalid, $"{verdict} ({(int)verdict}): {detail}");
        return _governance!.Epochs.Count;
    }

    // 21. It speaks of this court with these keys, and contradicts nothing that the verifier pinned of other courts.
    public int? CompareEpochs()
    {
        if (_governance is null)
        {
            return null;
        }

        var own = _governance.Epochs.Select(e => e.Find(_court!.Origin)).OfType<CourtMember>().ToArray();
        Require(own.Length > 0, PackVerdict.EpochContradicts, $"No epoch names {_court!.Origin}.");
        Require(
            own.All(c => c.Genesis == _court!.Statement.Hash && c.Code == _court.Code && c.LogKey.Equals(_court.LogKey)),
            PackVerdict.EpochContradicts, $"An epoch gives {_court!.Origin} another genesis, code or log key than the roster in the pack.");
        var pinned = _pinned?.Courts.ToDictionary(c => c.Origin, c => c.Statement.Hash, StringComparer.Ordinal) ?? [];
        var other = _governance.Epochs.SelectMany(e => e.Courts).FirstOrDefault(c => pinned.TryGetValue(c.Origin, out var genesis) && genesis != c.Genesis);
        Require(other is null, PackVerdict.EpochContradicts, $"An epoch gives {other?.Origin} another genesis than the roster given.");
        return own.Length;
    }

    // 22. Every cosignature of the epoch's courts verifies, and q of them make the checkpoint final: no receipt leaves before.
    public int? CountVoices()
    {
        if (_governance is null)
        {
            return null;
        }

        var verdict = FinalityVerifier.Verify(_governance, Read(PackPath.Checkpoint), _court!.Origin, out var vouched);
        Require(verdict == CheckpointVerdict.Valid, PackVerdict.CosignatureInvalid, $"{verdict} ({(int)verdict}).");
        Require(vouched is not null, PackVerdict.NotFinal, "The checkpoint lies in no epoch's stretch of the log.");
        Require(
            vouched.IsFinal, PackVerdict.NotFinal,
            $"{vouched.Vouchers.Count} of the {vouched.Epoch.Quorum.Needed} courts needed in epoch {vouched.Epoch.Number} vouch: {string.Join(", ", vouched.Vouchers.Select(v => v.Court.Code))}.");
        _finality = PackFinality.Of(vouched, _governance, _pinned);
        TellWhoIsKnown(_finality);
        return _finality.Voices;
    }

    // 23. The record that the anchor chain holds is this checkpoint's (docs/formats/anchor.md, section 6).
    public int? CheckAnchor()
    {
        if (_reader!.Find(PackPath.Anchor) is not { } file)
        {
            return null;
        }

        Require(AnchorExcerpt.TryParse(_reader.Read(file), out _anchor, out var detail), PackVerdict.AnchorInvalid, detail);
        Require(_anchor.Holds(_checkpoint!), PackVerdict.AnchorInvalid, $"Block {_anchor.Number} of {_anchor.Identity} holds another checkpoint than the pack's.");
        Find(PackFindingCode.AnchorSelfDeclared,
            $"是否已锚定，请向另一法院核对：链 {_anchor.Segment}，第 {_anchor.LastNumber} 块的散列应为 {_anchor.LastHash}",
            $"Whether it is anchored, ask another court: on chain {_anchor.Segment}, block {_anchor.LastNumber} must have the hash {_anchor.LastHash}");
        return _anchor.Records.Count;
    }

    private void TellWhoIsKnown(PackFinality finality)
    {
        var needed = finality.Epoch.Quorum.Needed;
        if (finality.Courts.Count == 1)
        {
            FindAlone();
        }
        else if (finality.KnownVoices < needed)
        {
            Find(PackFindingCode.VouchersUnknown,
                $"作证的 {finality.Voices} 家法院中，您的名册能确认 {finality.KnownVoices} 家，未达到所需的 {needed} 家；其余只由证据包自己声明。",
                $"Of the {finality.Voices} courts that vouch, your roster confirms {finality.KnownVoices}, fewer than the {needed} needed; for the others there is only the pack's word.");
        }
    }

    private void FindAlone() => Find(PackFindingCode.StandsAlone,
        "没有其他法院为这份日志作证：能证明未被改动的只有该法院自己。",
        "No other court vouches for this log: that nothing was changed rests on this court alone.");
}
