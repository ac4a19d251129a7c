using System.Globalization;
using System.Text;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Anchoring;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Cli;

/// <summary>Which courts vouch, and which anchor holds it, for a person to read.</summary>
internal static class CourtsText
{
    private static readonly TimeSpan s_beijing = TimeSpan.FromHours(8);

    public static void Append(StringBuilder text, PackFinality finality, bool chinese)
    {
        var (voices, courts, needed, epoch) = (finality.Voices, finality.Courts.Count, finality.Epoch.Quorum.Needed, finality.Epoch.Number);
        var time = finality.MedianTimeSeconds is { } median ? Time(median) : "";
        text.Append(new BilingualText(
            $"终局：{courts} 家法院中 {voices} 家为前 {finality.Size} 条记录作证（第 {epoch} 届，须 {needed} 家），时间 {time}（各法院时钟的中位数）。",
            $"Final: {voices} of {courts} courts vouch for {finality.Size} entries (epoch {epoch}, {needed} needed), at {time} (median of their clocks).").In(chinese)).Append('\n');
        foreach (var voice in finality.Courts)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Said(voice).In(chinese)}  {voice.Court.Name.In(chinese)} ({voice.Court.Code}, {voice.Court.Origin}): {Standing(voice.Standing).In(chinese)}\n");
        }
    }

    public static void Append(StringBuilder text, AnchorExcerpt anchor, bool chinese) => text.Append(new BilingualText(
        $"锚定：前 {anchor.Size} 条记录，{anchor.Identity}，第 {anchor.Number} 块，散列 {anchor.Hash}；查询依据 {anchor.Reference}",
        $"Anchored: the first {anchor.Size} entries, {anchor.Identity}, block {anchor.Number}, hash {anchor.Hash}; looked up by {anchor.Reference}").In(chinese)).Append('\n');

    private static BilingualText Said(CourtVoice voice) => voice.TimeSeconds is { } seconds
        ? new($"作证 {Time(seconds)}", $"vouches {Time(seconds)}")
        : new("未作证", "does not vouch");

    private static BilingualText Standing(CourtStanding standing) => standing switch
    {
        CourtStanding.Known => new("您的名册确认", "your roster confirms it"),
        CourtStanding.Unproven => new("在您的名册中，但未自己同意本届名单", "in your roster, but it did not itself agree to this epoch"),
        _ => new("仅由证据包声明", "only the pack names it"),
    };

    private static string Time(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(s_beijing).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
