using System.Globalization;
using System.Text;
using Cinnabar.Evidence;

namespace Cinnabar.Ledger.Anchors;

/// <summary>What the book's alarms say to people, and the form of their evidence (docs/formats/anchor.md, 5).</summary>
internal static class AnchorSentences
{
    public static BilingualText IdentityChanged { get; } = new(
        "锚定引擎换成了另一个：可能被清空、被恢复，或地址配置错误。核对后由管理员重新采用。",
        "Another anchor engine answers at this address: wiped, restored, or the wrong address. Look, then adopt it.");

    public static BilingualText NoIdentity { get; } = new("锚定引擎没有给出有效的身份。", "The anchor engine gave no valid identity.");

    public static BilingualText WentBack(long shown, long now) => Of(
        $"锚定引擎已到过位置 {shown}，现在却只到 {now}：有记录丢失。", $"The anchor engine had reached position {shown} and is at {now} now: it has lost records.");

    public static BilingualText OutOfOrder(long last, long shown) => Of(
        $"锚定引擎在位置 {last} 之后给出了位置 {shown}：次序错误。", $"The anchor engine showed position {shown} after {last}: not its own order.");

    public static BilingualText OwnAnchorMissing(long size) => Of(
        $"锚定引擎确认过本院日志（大小 {size}）的锚定，却没有出现。", $"The anchor engine acknowledged this court's anchor of size {size}, and it does not appear.");

    public static BilingualText OwnLogMisstated(long size) => Of(
        $"锚定引擎给出了本院从未提交或重复的锚定（大小 {size}）。", $"The anchor engine shows an anchor of this court's log (size {size}) that this court did not write, or shows it twice.");

    public static BilingualText Tampered(string what) => Of($"锚定引擎的记录被改动或删除：{what}", $"A record of the anchor engine was changed or removed: {what}");

    public static BilingualText Flooded(int logs) => Of($"锚定链上的日志超过 {logs} 个。", $"The anchor chain holds more than {logs} logs.");

    public static BilingualText Malformed(string reference) => Of($"锚定链上有一条无法识别的记录：{reference}。", $"A record on the anchor chain is no anchor: {reference}.");

    public static BilingualText LogForked(Anchor anchor) => Of(
        $"日志 {anchor.Log} 在大小 {anchor.Size} 有两个不同的检查点。", $"Log {anchor.Log} has two checkpoints of size {anchor.Size} on the anchor chain.");

    public static BilingualText LogWentBack(Anchor anchor, long last) => Of(
        $"日志 {anchor.Log} 在锚定链上从 {last} 回到了 {anchor.Size}。", $"Log {anchor.Log} went from size {last} back to {anchor.Size} on the anchor chain.");

    public static BilingualText Contested(string court, long number, bool believed) => believed
        ? Of($"多个法院在第 {number} 块看到不同的内容：锚定引擎两面示人。", $"Several courts saw another block {number}: the anchor engine has two faces.")
        : Of($"{court} 称第 {number} 块内容不同。", $"{court} says that it saw another block {number}.");

    /// <summary>UTF-8 lines: the form's name, what the book held, what was seen.</summary>
    public static byte[] Evidence(AnchorSegment segment, params (string Name, string Value)[] seen)
    {
        var text = new StringBuilder("cinnabar anchor evidence 1\n");
        Line("identity", segment.Identity);
        Line("held", string.Create(CultureInfo.InvariantCulture, $"{segment.Position} {segment.Number} {segment.Hash}"));
        foreach (var (name, value) in seen)
        {
            Line(name, value);
        }

        return Encoding.UTF8.GetBytes(text.ToString());

        // A line break in an answer must not make a second line.
        void Line(string name, string value) => text.Append(name).Append(": ").Append(value.ReplaceLineEndings(" ")).Append('\n');
    }

    private static BilingualText Of(FormattableString zh, FormattableString en) =>
        new(zh.ToString(CultureInfo.InvariantCulture), en.ToString(CultureInfo.InvariantCulture));
}
