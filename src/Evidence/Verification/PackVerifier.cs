using Cinnabar.Evidence.Packs;

namespace Cinnabar.Evidence.Verification;

/// <summary>Checks an evidence pack from its bytes alone, or with a roster that the caller got by another way.</summary>
/// <remarks>
/// No network, no clock, no database: the same bytes and roster get the same report for ever. Stateless, safe for
/// concurrent callers on different streams. Source: docs/formats/pack.md, section 4, whose steps carry the same numbers.
/// </remarks>
public static class PackVerifier
{
    private static readonly (BilingualText Title, Func<PackExamination, int?> Run)[] s_steps =
    [
        (new("容器格式", "The container is a plain zip in its one form"), e => e.OpenContainer()),
        (new("大小限制", "Number and size of files are within limits"), e => e.CountFiles()),
        (new("清单格式", "The manifest is well formed"), e => e.ReadManifest()),
        (new("文件齐全", "Files and manifest name the same, both ways"), e => e.CompareFiles()),
        (new("文件未改动", "Every file has the size and hash that the manifest names"), e => e.HashFiles()),
        (new("法院名册真实", "The roster in the pack is one genuine genesis"), e => e.ReadRoster()),
        (new("法院在您的名册中", "The court is in the roster you gave"), e => e.ComparePinned()),
        (new("日志检查点", "The checkpoint is signed by the court's log"), e => e.CheckCheckpoint()),
        (new("记录格式", "Every statement is well formed"), e => e.ParseStatements()),
        (new("收据", "Every statement is in the log, by its receipt"), e => e.CheckReceipts()),
        (new("同一日志同一时刻", "Receipts, order and genesis fit the checkpoint"), e => e.CompareWithCheckpoint()),
        (new("签名密钥可信", "The court vouches for every signing key"), e => e.FindKeys()),
        (new("签名", "Every signature is right"), e => e.CheckSignatures()),
        (new("出具人有权", "Everybody stated only what is theirs to state"), e => e.CheckRoles()),
        (new("装置记录链", "The statements of each seal fit one chain"), e => e.CheckChains()),
        (new("原件有记录证明", "A statement vouches for every original"), e => e.CheckOriginals()),
        (new("视频顺序", "The parts of every clip are in order"), e => e.CheckClips()),
        (new("原件与记录对应", "The manifest names who vouches for what"), e => e.CompareVouching()),
        (new("目录与记录一致", "Index and README say what the statements say"), e => e.CompareIndex()),
        (new("法院名单", "The governance log holds by itself"), e => e.ReadGovernance()),
        (new("法院名单与名册相符", "Its epochs name this court, and contradict no roster"), e => e.CompareEpochs()),
        (new("各法院联署", "Enough courts vouch for the checkpoint"), e => e.CountVoices()),
        (new("锚定", "An anchor chain holds the checkpoint"), e => e.CheckAnchor()),
    ];

    /// <summary>Runs the steps until one refuses.</summary>
    /// <param name="pack">The pack, untrusted; readable and seekable. What reading it throws passes through.</param>
    /// <param name="pinned">The courts that the caller believes in; null to let the pack say itself which court it is from, which the report then says.</param>
    /// <param name="limits">How large a pack is taken; null for the limits of docs/formats/pack.md.</param>
    public static PackReport Verify(Stream pack, CourtRoster? pinned, PackLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(pack);
        using var examination = new PackExamination(pack, pinned, limits ?? PackLimits.Default);
        List<PackStep> steps = [];
        var (verdict, detail) = (PackVerdict.Valid, "");
        foreach (var (title, run) in s_steps)
        {
            var number = steps.Count + 1;
            try
            {
                var reached = verdict == PackVerdict.Valid;
                var count = reached ? run(examination) : 0;
                var outcome = !reached ? PackStepOutcome.NotReached : count is null ? PackStepOutcome.Skipped : PackStepOutcome.Passed;
                steps.Add(new PackStep(number, title, outcome, count ?? 0));
            }
            catch (PackRefusal refusal)
            {
                (verdict, detail) = (refusal.Verdict, refusal.Message);
                steps.Add(new PackStep(number, title, PackStepOutcome.Refused, 0));
            }
        }

        return examination.Report(verdict, detail, steps);
    }
}
