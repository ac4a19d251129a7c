using System.Collections.Frozen;

namespace Cinnabar.Evidence.Verification;

/// <summary>The kinds of docs/formats/kinds.md: who may state them, and what they mean in plain words.</summary>
/// <remarks>
/// The words stand in the index of every pack of version 1, which the verifier makes again and compares: they must not
/// change. A kind gets its words here before the first statement of it is made, for the same reason; one that is not here
/// binds no issuer and is shown by its name.
/// </remarks>
public static class KindCatalog
{
    private static readonly FrozenDictionary<string, (IssuerRole Role, BilingualText Text)> s_kinds =
        new Dictionary<string, (IssuerRole, BilingualText)>(StringComparer.Ordinal)
        {
            ["device.started"] = (IssuerRole.Device, new("设备启动", "The seal's program started")),
            ["strip.cut"] = (IssuerRole.Device, new("封条被剪断或撕开", "The strip was cut or torn")),
            ["door.open"] = (IssuerRole.Device, new("门被打开", "The door was opened")),
            ["cover.open"] = (IssuerRole.Device, new("封条外壳被打开", "The seal's cover was opened")),
            ["wall.off"] = (IssuerRole.Device, new("封条被从墙面取下", "The seal was taken off the wall")),
            ["tilt"] = (IssuerRole.Device, new("封条被移动", "The seal was moved")),
            ["impact"] = (IssuerRole.Device, new("封条或门受到撞击", "The seal or the door was struck")),
            ["touch.light"] = (IssuerRole.Device, new("轻微触碰", "The seal was touched lightly")),
            ["approach.person"] = (IssuerRole.Device, new("有人接近封条", "Somebody came near the seal")),
            ["strip.restored"] = (IssuerRole.Device, new("封条恢复完好", "The strip is whole again")),
            ["door.closed"] = (IssuerRole.Device, new("门已关闭", "The door was closed")),
            ["cover.closed"] = (IssuerRole.Device, new("封条外壳已合上", "The cover was closed")),
            ["wall.on"] = (IssuerRole.Device, new("封条回到墙面", "The seal is on the wall again")),
            ["tilt.level"] = (IssuerRole.Device, new("封条恢复原位", "The seal is level again")),
            ["open.start"] = (IssuerRole.Device, new("许可开启开始", "An authorised opening began")),
            ["open.end"] = (IssuerRole.Device, new("许可开启结束", "An authorised opening ended")),
            ["open.overdue"] = (IssuerRole.Device, new("开启超过许可时间", "An authorised opening ran over its time")),
            ["power.lost"] = (IssuerRole.Device, new("断电", "Mains power was lost")),
            ["power.back"] = (IssuerRole.Device, new("恢复供电", "Mains power came back")),
            ["battery.low"] = (IssuerRole.Device, new("电量不足", "The battery is low")),
            ["sensor.fault"] = (IssuerRole.Device, new("传感器故障", "A sensor failed")),
            ["camera.fault"] = (IssuerRole.Device, new("摄像头故障", "The camera failed")),
            ["camera.blind"] = (IssuerRole.Device, new("摄像头被遮挡", "The camera was covered")),
            ["voice.fault"] = (IssuerRole.Device, new("语音故障", "The voice failed")),
            ["siren.on"] = (IssuerRole.Device, new("警笛响起", "The siren started")),
            ["siren.off"] = (IssuerRole.Device, new("警笛停止", "The siren stopped")),
            ["voice.played"] = (IssuerRole.Device, new("已播放语音警告", "A spoken warning was played")),
            ["voice.suppressed"] = (IssuerRole.Device, new("语音未播放", "A spoken warning was not played")),
            ["camera.on"] = (IssuerRole.Device, new("摄像头已开启", "The camera started")),
            ["media.still"] = (IssuerRole.Device, new("现场照片", "A picture was taken")),
            ["media.manifest"] = (IssuerRole.Device, new("录像片段已签名", "Video was recorded")),
            ["media.dropped"] = (IssuerRole.Device, new("录像因内存不足被舍弃", "Video was given up for want of memory")),
            ["command.answered"] = (IssuerRole.Device, new("设备已答复指令", "The seal answered a command")),
            ["settings.applied"] = (IssuerRole.Device, new("设备已应用设置", "The seal applied settings")),
            ["sensor.back"] = (IssuerRole.Device, new("传感器恢复", "A sensor works again")),
            ["armed"] = (IssuerRole.Device, new("设备已布防", "The seal is armed")),
            ["disarmed"] = (IssuerRole.Device, new("设备已撤防", "The seal is disarmed")),
            ["legal.end"] = (IssuerRole.Device, new("设备已更新查封期限", "The seal took its new legal end")),
            ["legal.lapsed"] = (IssuerRole.Device, new("期限已过，设备停止警示", "The period is over; the seal has fallen silent")),
            ["arm.refused"] = (IssuerRole.Device, new("设备未能布防", "The seal could not be armed")),
            ["grant.refused"] = (IssuerRole.Device, new("设备拒绝开启许可", "The seal refused a grant to open")),
            ["grant.accepted"] = (IssuerRole.Device, new("设备接受开启许可", "The seal took a grant to open")),
            ["grant.unused"] = (IssuerRole.Device, new("开启许可未使用", "A grant to open went unused")),
            ["battery.dead"] = (IssuerRole.Device, new("电池耗尽", "The battery is empty")),
            ["court.genesis"] = (IssuerRole.Court, new("法院日志建立", "The court began its log and named its keys")),
            ["governance.approval"] = (IssuerRole.Court, new("法院同意互证名册", "The court agreed to a set of courts that watch each other")),
            ["log.sealed"] = (IssuerRole.Court, new("法院停止为该日志作证并声明所存内容", "The court stopped vouching for a log and said how much of it it holds")),
            ["device.enrolled"] = (IssuerRole.Court, new("设备已登记并绑定封条", "The court vouched for a seal's key")),
            ["device.revoked"] = (IssuerRole.Court, new("设备已吊销", "The court revoked a seal's key")),
            ["officer.enrolled"] = (IssuerRole.Court, new("人员密钥已登记", "The court vouched for an officer's key")),
            ["order.issued"] = (IssuerRole.Court, new("已作出查封", "The court ordered the sealing")),
            ["order.ruling"] = (IssuerRole.Court, new("裁定书已上传", "The court attached its ruling")),
            ["order.disarmed"] = (IssuerRole.Court, new("封条已临时撤防", "The seal was disarmed")),
            ["order.removed"] = (IssuerRole.Court, new("封条已拆除", "The seal was removed")),
            ["order.lapsed"] = (IssuerRole.Court, new("查封期限届满，效力消灭", "The period ended and the seal lapsed")),
            ["order.erased"] = (IssuerRole.Court, new("当事人和财产地址信息已删除", "The private record (people and property) was erased")),
            ["order.installed"] = (IssuerRole.Court, new("封条已安装", "The seal was installed")),
            ["order.armed"] = (IssuerRole.Court, new("封条已布防", "The seal was armed")),
            ["order.lifted"] = (IssuerRole.Court, new("查封已解除", "The sealing was lifted")),
            ["settings"] = (IssuerRole.Court, new("设置已下发", "The court sent settings")),
            ["command.siren_off"] = (IssuerRole.Court, new("停止警笛指令", "The court ordered the siren off")),
            ["command.speak"] = (IssuerRole.Court, new("喊话指令", "The court ordered a spoken text")),
            ["command.pictures"] = (IssuerRole.Court, new("拍照指令", "The court ordered pictures")),
            ["command.disarm"] = (IssuerRole.Court, new("撤防指令", "The court ordered the seal disarmed")),
            ["command.arm"] = (IssuerRole.Court, new("布防指令", "The court ordered the seal armed")),
            ["command.live"] = (IssuerRole.Court, new("实时画面指令", "The court ordered live video")),
            ["grant.opening"] = (IssuerRole.Court, new("已许可开启", "The court granted an opening")),
            ["warning.attempt"] = (IssuerRole.Station, new("已发出警报", "A warning was sent")),
            ["warning.result"] = (IssuerRole.Station, new("警报发送结果", "What became of a warning")),
            ["incident.opened"] = (IssuerRole.Station, new("警情开始", "An incident was opened")),
            ["incident.raised"] = (IssuerRole.Station, new("警情再次触发", "An incident was triggered again")),
            ["incident.cleared"] = (IssuerRole.Station, new("现场状态已恢复", "The cause of an incident was gone")),
            ["heartbeat.missed"] = (IssuerRole.Station, new("封条失去联系", "The seal fell silent")),
            ["heartbeat.back"] = (IssuerRole.Station, new("封条恢复联系", "The seal was heard again")),
            ["counter.gap"] = (IssuerRole.Station, new("记录缺号", "Numbers are missing in a seal's record")),
            ["chain.fork"] = (IssuerRole.Station, new("记录分叉", "A seal's record forked")),
            ["signature.bad"] = (IssuerRole.Station, new("收到签名错误的记录", "A record with a wrong signature came in")),
            ["duplicate.device"] = (IssuerRole.Station, new("同一封条出现两台设备", "Two devices claim to be this seal")),
            ["clock.jump"] = (IssuerRole.Station, new("时钟跳变", "A seal's clock jumped")),
            ["media.received"] = (IssuerRole.Station, new("影像已收到", "Media was received")),
            ["media.mismatch"] = (IssuerRole.Station, new("影像与签名不符", "Media does not match its signature")),
            ["media.refused"] = (IssuerRole.Station, new("影像超出每日限额", "Media was refused, because the day's share was used up")),
            ["media.viewed"] = (IssuerRole.Station, new("影像被查看", "A picture or video was viewed")),
            ["pack.exported"] = (IssuerRole.Station, new("证据包已导出", "An evidence pack was exported")),
            ["log.seen"] = (IssuerRole.Station, new("已记入其他法院日志的最新状态", "The newest heads of the other courts' logs were taken in")),
            ["access.refused"] = (IssuerRole.Station, new("访问被拒绝", "An access was refused")),
            ["log.batch"] = (IssuerRole.Station, new("日志新批次开始", "A batch of the log began")),
            ["incident.acknowledged"] = (IssuerRole.Officer, new("警情已确认", "An officer acknowledged the incident")),
            ["incident.closed"] = (IssuerRole.Officer, new("警情已办结", "An officer closed the incident")),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<string> Kinds => s_kinds.Keys;

    /// <summary>What a kind means; its own name in both languages when it is not known.</summary>
    public static BilingualText TextOf(string kind) => s_kinds.TryGetValue(kind, out var known) ? known.Text : new(kind, kind);

    /// <summary>False when the kind is known and may only be stated by another role than this issuer's.</summary>
    public static bool MayState(string issuer, string kind)
    {
        ArgumentNullException.ThrowIfNull(issuer);
        return !s_kinds.TryGetValue(kind, out var known) || issuer.StartsWith(Prefix(known.Role), StringComparison.Ordinal);
    }

    private static string Prefix(IssuerRole role) => role switch
    {
        IssuerRole.Device => "device:",
        IssuerRole.Court => "court:",
        IssuerRole.Station => "station:",
        _ => "officer:",
    };
}
