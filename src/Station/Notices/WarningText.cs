using System.Globalization;

namespace Cinnabar.Station.Notices;

/// <summary>Puts a warning into words: case number and place first, then what and when, then what to do.</summary>
internal static class WarningText
{
    // Domain 6.1. A kind that is not here is an alarm all the same and is told by its own name.
    private static readonly Dictionary<string, (string Chinese, string English)> Kinds = new(StringComparer.Ordinal)
    {
        ["impact"] = ("封条或门受到撞击", "the door or the seal was struck"),
        ["strip.cut"] = ("封条被剪断或撕开", "the seal strip was cut or torn"),
        ["loop.open"] = ("封条回路断开", "the seal's loop was opened"),
        ["door.open"] = ("门未经许可被打开", "the door was opened without a grant"),
        ["cover.open"] = ("封条外壳被打开", "the seal's cover was opened"),
        ["wall.off"] = ("封条被从墙面取下", "the seal was taken off the wall"),
        ["tilt"] = ("封条被移动", "the seal was moved"),
        ["camera.blind"] = ("摄像头被遮挡", "the camera was covered"),
        ["unlock.denied"] = ("有人未经许可尝试开锁", "somebody tried to unlock without a grant"),
        ["open.overdue"] = ("开启超过许可时间", "an opening is overdue"),
        ["jam.suspected"] = ("疑似信号干扰", "the radio is probably being jammed"),
        ["link.lost"] = ("封条失去联系", "the seal lost contact"),
        ["power.lost"] = ("封条断电", "the seal lost power"),
        ["battery.dead"] = ("封条电池耗尽", "the seal's battery is empty"),
        ["heartbeat.missed"] = ("封条失去联系", "the seal has gone silent"),
        ["counter.gap"] = ("封条记录缺号", "the seal's record has a gap"),
        ["chain.fork"] = ("封条记录出现分叉", "the seal's record was forked"),
        ["sensor.fault"] = ("封条传感器故障", "a sensor of the seal is faulty"),
        ["camera.fault"] = ("摄像头故障", "the seal's camera is faulty"),
        ["voice.fault"] = ("封条语音故障", "the seal's voice is faulty"),
        ["battery.low"] = ("封条电量不足", "the seal's battery is low"),
        ["signature.bad"] = ("收到伪造的封条信息", "a forged message claims to be this seal"),
        ["duplicate.device"] = ("同一封条出现两台设备", "two devices claim to be this seal"),
        ["clock.jump"] = ("封条时钟异常", "the seal's clock jumped"),
        ["alarms.overdue"] = ("报警系统自身异常", "the alarm system itself is in trouble"),
        ["smoke"] = ("现场有烟雾", "smoke at the property"),
        ["temp.high"] = ("现场温度过高", "high temperature at the property"),
        ["knock.SOS"] = ("现场有人求救", "somebody inside asks for help"),
        ["voice.help"] = ("现场有人求救", "somebody inside asks for help"),
    };

    public static WarningWords Compose(WarningFacts facts, WarningAudience audience, WarningLanguage language) =>
        language == WarningLanguage.Chinese ? Chinese(facts, audience) : English(facts, audience);

    private static WarningWords Chinese(WarningFacts facts, WarningAudience audience)
    {
        var what = Kinds.TryGetValue(facts.Kind, out var words) ? words.Chinese : $"封条报警({facts.Kind})";
        var when = facts.At.ToString("M月d日HH:mm:ss", CultureInfo.InvariantCulture);
        var round = facts.Round > 1 ? $"(第{facts.Round}次提醒,尚无人确认)" : "";
        var act = audience == WarningAudience.Officer
            ? facts.Link is { } link ? $"请立即查看并确认:{link}" : "请立即在值班台确认。"
            : "法院值班人员已同时收到警报。请勿自行前往现场处置。";
        return new WarningWords(
            $"【电子封条】{Where(facts)}:{what}",
            $"【电子封条】{Where(facts)}:{what},{when},封条{facts.SealNumber}{round}。{act}{Mark(facts, " 存证")}");
    }

    private static WarningWords English(WarningFacts facts, WarningAudience audience)
    {
        var what = Kinds.TryGetValue(facts.Kind, out var words) ? words.English : $"seal alarm ({facts.Kind})";
        var when = facts.At.ToString("d MMM HH:mm:ss", CultureInfo.InvariantCulture);
        var round = facts.Round > 1 ? $" (reminder {facts.Round}, nobody has acknowledged)" : "";
        var act = audience == WarningAudience.Officer
            ? facts.Link is { } link ? $"Look and acknowledge: {link}" : "Acknowledge at the duty desk."
            : "The court's duty officers have been warned too. Do not go there yourself.";
        return new WarningWords(
            $"[Court seal] {Where(facts)}: {what}",
            $"[Court seal] {Where(facts)}: {what}, {when}, seal {facts.SealNumber}{round}. {act}{Mark(facts, " Log ")}");
    }

    private static string Where(WarningFacts facts) => facts.Place.Length == 0 ? facts.CaseNumber : $"{facts.CaseNumber} {facts.Place}";

    private static string Mark(WarningFacts facts, string label) => facts.LogMark is { Length: > 0 } mark ? label + mark : "";
}
