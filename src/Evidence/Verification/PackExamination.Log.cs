using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Packs;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Evidence.Statements;
using static Cinnabar.Evidence.Verification.PackRefusal;

namespace Cinnabar.Evidence.Verification;

/// <summary>Steps 6 to 11: the court, its log, and that the statements stand in it.</summary>
internal sealed partial class PackExamination
{
    // 6. The roster inside is exactly one genesis, signed with its own command key, of the log that the manifest names.
    public int ReadRoster()
    {
        Require(CourtRoster.TryParse(Read(PackPath.Roster), out var roster, out var detail), PackVerdict.RosterInvalid, detail);
        Require(
            roster.Courts is [var only] && only.Origin == _manifest!.Origin,
            PackVerdict.RosterInvalid, $"The roster is not that of {_manifest!.Origin} alone.");
        _court = roster.Courts[0];
        return 1;
    }

    // 7. The very same genesis is in the roster that the verifier pinned. Without one, everything below only shows that
    //    the pack agrees with itself, and the report says so.
    public int? ComparePinned()
    {
        if (_pinned is null)
        {
            Find(PackFindingCode.RosterSelfDeclared,
                $"未提供名册：证据包自称来自{_court!.Court}。请向法院核对指纹：{_court.Fingerprint}",
                $"No roster was given: the pack itself says that it is from {_court.CourtEnglish}. Compare the fingerprint with the court: {_court.Fingerprint}");
            return null;
        }

        Require(IsPinned(_court!), PackVerdict.RosterNotPinned, $"The roster given does not hold genesis {_court!.Statement.Hash} of {_court.Origin}.");
        return 1;
    }

    // 8. The checkpoint is that log's, signed with its key (docs/formats/checkpoint.md).
    public int CheckCheckpoint()
    {
        var verdict = CheckpointVerifier.Verify(
            Read(PackPath.Checkpoint), _court!.Origin, [new NoteKey(_court.Origin, KeyOf(_court.LogKey))], out _checkpoint);
        Require(verdict == CheckpointVerdict.Valid, PackVerdict.CheckpointInvalid, $"{verdict} ({(int)verdict}).");
        return 1;
    }

    // 9. Every statement passes steps 1 to 9 of docs/formats/statement.md. Its name is its hash since steps 3 and 5.
    public int ParseStatements()
    {
        foreach (var listed in _manifest!.Statements)
        {
            var verdict = Statement.TryParse(Read(PackPath.Statement(listed.Hash)), out var statement, out var detail);
            Require(verdict == StatementVerdict.Valid, PackVerdict.StatementMalformed, $"{listed.Hash}: {verdict} ({(int)verdict}): {detail}");
            _statements.Add((statement!, listed.Index));
        }

        return _statements.Count;
    }

    // 10. Every receipt proves its statement under the log's key (docs/formats/receipt.md).
    public int CheckReceipts()
    {
        foreach (var (statement, _) in _statements)
        {
            var verdict = Receipt.TryParse(Read(PackPath.Receipt(statement.Hash)), out var receipt, out _);
            if (verdict == ReceiptVerdict.Valid)
            {
                verdict = ReceiptVerifier.Verify(receipt!, statement.Bytes.Span, _court!.Origin, KeyOf(_court.LogKey), out var root);
                _roots.Add(root);
                _receipts.Add(receipt!);
            }

            Require(verdict == ReceiptVerdict.Valid, PackVerdict.ReceiptInvalid, $"Receipt of {statement.Hash}: {verdict} ({(int)verdict}).");
        }

        return _receipts.Count;
    }

    // 11. All receipts lead to the checkpoint's size and root, so all speak of one tree; the indices are those of the
    //     manifest; and the roster's genesis is entry 0, so the log is the one that began with these keys.
    public int CompareWithCheckpoint()
    {
        for (var i = 0; i < _receipts.Count; i++)
        {
            var (statement, index) = _statements[i];
            Require(
                _receipts[i].Proof.TreeSize == _checkpoint!.Size && _roots[i] == _checkpoint.Root,
                PackVerdict.LogInconsistent, $"The receipt of {statement.Hash} is of another tree than the checkpoint.");
            Require(
                _receipts[i].Proof.LeafIndex == index,
                PackVerdict.LogInconsistent, $"{statement.Hash} is at index {_receipts[i].Proof.LeafIndex}, not {index}.");
        }

        Require(
            _statements is [var first, ..] && first.Index == 0 && first.Statement.Hash == _court!.Statement.Hash,
            PackVerdict.LogInconsistent, "The log does not begin with the genesis of the roster.");
        return _receipts.Count;
    }
}
