using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Receipts;
using Cinnabar.Evidence.Statements;
using Cinnabar.Evidence.Verification;
using Cinnabar.Shared;

namespace Cinnabar.Evidence.Tests.Vectors;

/// <summary>Runs the product's verifier of a folder over a vector.</summary>
internal static class VectorJudge
{
    public static (int Verdict, string Name, int? Offset) Judge(string format, Vector vector) => Judge(format, vector, vector.Bytes(format));

    /// <summary>The same for a vector that lies elsewhere.</summary>
    public static (int Verdict, string Name, int? Offset) Judge(string format, Vector vector, byte[] bytes)
    {
        return format switch
        {
            "cbor" => JudgeCbor(bytes, vector.Reader),
            "statements" => Named(JudgeStatement(bytes, vector)),
            "receipts" => Named(JudgeReceipt(bytes, vector)),
            "checkpoints" => Named(JudgeCheckpoint(bytes, vector)),
            "packs" => Named(JudgePack(bytes, vector)),
            "governance" => Named(GovernanceLog.TryParse(bytes, out _, out _)),
            "cosignatures" => Named(JudgeCosignatures(bytes, vector)),
            "forks" => Named(JudgeFork(bytes, vector)),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, null),
        };
    }

    private static (int Verdict, string Name, int? Offset) JudgeCbor(byte[] bytes, string? reader)
    {
        try
        {
            switch (reader)
            {
                case "sign1":
                    CoseSign1.Parse(bytes);
                    break;
                case "roster":
                    Assert.False(CourtRoster.TryParse(bytes, out _, out var detail));
                    Assert.Equal(new CborRefusedException(CborRule.TooLong, 2).Message, detail);
                    return ((int)CborRule.TooLong, nameof(CborRule.TooLong), 2);
                default:
                    Assert.Equal(bytes, CborValue.Decode(bytes).Encode());
                    break;
            }

            return (0, "Valid", null);
        }
        catch (CborRefusedException refused)
        {
            return ((int)refused.Rule, refused.Rule.ToString(), refused.Offset);
        }
    }

    private static StatementVerdict JudgeStatement(byte[] bytes, Vector vector)
    {
        using var key = new VerificationKey(Golden.Key(vector.Key!));
        var verdict = Statement.TryParse(bytes, out var statement, out var detail);
        Assert.Equal(verdict == StatementVerdict.Valid, detail.Length == 0);
        return verdict == StatementVerdict.Valid ? VerifiedStatement.TryVerify(statement!, key, out _) : verdict;
    }

    private static ReceiptVerdict JudgeReceipt(byte[] bytes, Vector vector)
    {
        using var key = new VerificationKey(Golden.Key(vector.Key!));
        return ReceiptVerifier.Verify(bytes, Convert.FromHexString(vector.Entry!), vector.Origin!, key, out _);
    }

    private static CheckpointVerdict JudgeCheckpoint(byte[] bytes, Vector vector)
    {
        using var key = new VerificationKey(Golden.Key(vector.Key!));
        return CheckpointVerifier.Verify(bytes, vector.Origin!, [new NoteKey(SampleCourt.Origin, key)], out _);
    }

    private static CheckpointVerdict JudgeCosignatures(byte[] bytes, Vector vector)
    {
        Assert.True(Epoch.TryParse(Convert.FromHexString(vector.Epoch!), out var epoch, out var detail), detail);
        using var courts = new EpochVerifier(epoch);
        var verdict = courts.Verify(bytes, vector.Origin!, out var vouched);
        Assert.Equal(vector.Vouchers, vouched?.Vouchers.Select(v => v.Court.Code));
        return verdict;
    }

    private static ForkVerdict JudgeFork(byte[] bytes, Vector vector)
    {
        using var key = new VerificationKey(Golden.Key(vector.Key!));
        return ForkEvidence.Verify(bytes, vector.Origin!, new NoteKey(vector.Origin!, key), out _);
    }

    private static PackVerdict JudgePack(byte[] bytes, Vector vector)
    {
        CourtRoster? roster = null;
        if (vector.Roster is not null)
        {
            Assert.True(CourtRoster.TryParse(Convert.FromHexString(vector.Roster), out roster, out var detail), detail);
        }

        var report = PackVerifier.Verify(new MemoryStream(bytes), roster);
        if (report.IsValid)
        {
            var vouching = report.Finality?.Courts.Where(c => c.TimeSeconds is not null).ToArray();
            Assert.Equal(vector.Vouchers, vouching?.Select(c => c.Court.Code));
            Assert.Equal(vector.Known, vouching?.Where(c => c.Standing == CourtStanding.Known).Select(c => c.Court.Code));
        }

        return report.Verdict;
    }

    private static (int Verdict, string Name, int? Offset) Named<TVerdict>(TVerdict verdict)
        where TVerdict : struct, Enum => (Convert.ToInt32(verdict, null), verdict.ToString(), null);
}
