using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using static Cinnabar.Evidence.Verification.PackRefusal;

namespace Cinnabar.Evidence.Verification;

/// <summary>Steps 12 to 15: who signed, whether they might, and whether each seal's account is one account.</summary>
internal sealed partial class PackExamination
{
    // 12. For every statement the court vouches for the key, by the genesis or by an enrolment at a lower index of the
    //     log that no revocation at a lower index took back. That enrolments bear the court's signature is step 13.
    public int FindKeys()
    {
        var enrolled = new Dictionary<string, List<CoseKey>>(StringComparer.Ordinal)
        {
            [_court!.CourtIssuer] = [_court.CommandKey],
            [_court.StationIssuer] = [_court.StationKey],
        };
        foreach (var (statement, _) in _statements)
        {
            var key = enrolled.GetValueOrDefault(statement.Issuer)?.Find(k => k.Thumbprint == statement.KeyId);
            Require(
                key is not null, PackVerdict.KeyNotTrusted,
                $"{statement.Hash}: no earlier statement of the court vouches for key {statement.KeyId} of {statement.Issuer}.");
            _signers.Add(key);
            if (statement.Issuer == _court.CourtIssuer)
            {
                Apply(statement, enrolled);
            }
        }

        return _signers.Count;
    }

    // 13. Steps 10 to 12 of docs/formats/statement.md with the keys of step 12.
    public int CheckSignatures()
    {
        for (var i = 0; i < _statements.Count; i++)
        {
            var statement = _statements[i].Statement;
            var verdict = statement.Check(KeyOf(_signers[i]));
            Require(verdict == StatementVerdict.Valid, PackVerdict.SignatureInvalid, $"{statement.Hash}: {verdict} ({(int)verdict}).");
        }

        return _statements.Count;
    }

    // 14. Nobody stated what only another may state (docs/formats/kinds.md): a seal cannot lift a sealing.
    public int CheckRoles()
    {
        foreach (var (statement, _) in _statements)
        {
            Require(
                KindCatalog.MayState(statement.Issuer, statement.Kind),
                PackVerdict.IssuerNotEntitled, $"{statement.Hash}: {statement.Kind} is not for {statement.Issuer} to state.");
        }

        var unknown = _statements.Select(s => s.Statement.Kind).Where(k => !KindCatalog.Kinds.Contains(k)).Distinct().ToArray();
        if (unknown.Length > 0)
        {
            var list = string.Join(", ", unknown);
            Find(PackFindingCode.KindUnknown, $"本程序不认识的记录种类：{list}", $"Kinds of statement that this program does not know: {list}");
        }

        return _statements.Count;
    }

    // 15. The statements of each device fit one chain: every number once, every neighbour's hash right. What is missing
    //     between them is a finding, because a pack need not hold a seal's whole life.
    public int CheckChains()
    {
        var chained = _statements.Select(s => s.Statement).Where(s => s.Issuer.StartsWith("device:", StringComparison.Ordinal)).ToArray();
        foreach (var device in chained.GroupBy(s => s.Issuer))
        {
            var unchained = device.FirstOrDefault(s => s.Chain is null);
            Require(unchained is null, PackVerdict.ChainBroken, $"{unchained?.Hash} of {device.Key} has no place in a chain.");
            CheckChain(device.Key, [.. device.OrderBy(s => s.Chain!.Sequence)]);
        }

        return chained.Length;
    }

    private void CheckChain(string device, Statement[] statements)
    {
        var missing = statements[0].Chain!.Sequence - 1;
        var latest = statements[0].TimeMs;
        for (var i = 1; i < statements.Length; i++)
        {
            var (before, after) = (statements[i - 1], statements[i]);
            var step = after.Chain!.Sequence - before.Chain!.Sequence;
            Require(step > 0, PackVerdict.ChainBroken, $"{device} stated two things as number {after.Chain.Sequence}: {before.Hash} and {after.Hash}.");
            Require(
                step > 1 || after.Chain.Previous == before.Hash,
                PackVerdict.ChainBroken, $"Number {after.Chain.Sequence} of {device} does not follow number {before.Chain.Sequence}.");
            missing += step - 1;

            // Against the latest so far, not the neighbour: many small steps back are a clock turned back, too. Told
            // once: what follows is measured from there.
            if (latest - after.TimeMs > DeviceClock.ReorderingMsMax)
            {
                Find(PackFindingCode.ClockWentBack,
                    $"{device} 的时钟在第 {after.Chain.Sequence} 条之前倒退了 {latest - after.TimeMs} 毫秒。",
                    $"The clock of {device} went back by {latest - after.TimeMs} ms before its number {after.Chain.Sequence}.");
                latest = after.TimeMs;
            }

            latest = Math.Max(latest, after.TimeMs);
        }

        if (missing > 0)
        {
            Find(PackFindingCode.ChainGap,
                $"{device} 的记录链中有 {missing} 条未收入本证据包。",
                $"{missing} statements of the chain of {device} are not in this pack.");
        }
    }

    private static void Apply(Statement statement, Dictionary<string, List<CoseKey>> enrolled)
    {
        try
        {
            switch (statement.Kind)
            {
                case "device.enrolled":
                    Keys("device:" + statement.Body["device"].AsText()).Add(CoseKey.FromCbor(statement.Body["key"]));
                    break;
                case "officer.enrolled":
                    Keys("officer:" + statement.Body["officer"].AsText()).Add(CoseKey.FromCbor(statement.Body["key"]));
                    break;
                case "device.revoked":
                    var revoked = statement.Body["key"].AsDigest();
                    Keys("device:" + statement.Body["device"].AsText()).RemoveAll(k => k.Thumbprint == revoked);
                    break;
            }
        }
        catch (FormatException)
        {
            // An enrolment in another form than docs/formats/kinds.md gives vouches for nobody; what it should have
            // vouched for is refused at its own place.
        }

        List<CoseKey> Keys(string issuer) =>
            enrolled.TryGetValue(issuer, out var keys) ? keys : enrolled[issuer] = [];
    }
}
