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
            ["device.started"] = (IssuerRole.Device, new("装置启动", "The seal's program started")),
            ["strip.cut"] = (IssuerRole.Device, new("封条被剪断", "The strip was cut")),
            ["door.open"] = (IssuerRole.Device, new("门被打开", "The door was opened")),
            ["cover.open"] = (IssuerRole.Device, new("装置外壳被打开", "The seal's cover was opened")),
            ["wall.off"] = (IssuerRole.Device, new("装置被拆离墙面", "The seal was taken off the wall")),
            ["tilt"] = (IssuerRole.Device, new("装置被倾斜", "The seal was tilted")),
            ["impact"] = (IssuerRole.Device, new("装置受到撞击", "The seal was struck")),
            ["touch.light"] = (IssuerRole.Device, new("装置被轻触", "The seal was touched lightly")),
            ["approach.person"] = (IssuerRole.Device, new("有人接近封条", "Somebody came near the seal")),
            ["strip.restored"] = (IssuerRole.Device, new("封条恢复连接", "The strip is whole again")),
            ["door.closed"] = (IssuerRole.Device, new("门已关闭", "The door was closed")),
            ["cover.closed"] = (IssuerRole.Device, new("外壳已关闭", "The cover was closed")),
            ["wall.on"] = (IssuerRole.Device, new("装置已回到墙面", "The seal is on the wall again")),
            ["tilt.level"] = (IssuerRole.Device, new("装置已恢复水平", "The seal is level again")),
            ["open.start"] = (IssuerRole.Device, new("经授权的开启开始", "An authorised opening began")),
            ["open.end"] = (IssuerRole.Device, new("经授权的开启结束", "An authorised opening ended")),
            ["open.overdue"] = (IssuerRole.Device, new("经授权的开启超时", "An authorised opening ran over its time")),
            ["power.lost"] = (IssuerRole.Device, new("外部供电中断", "Mains power was lost")),
            ["power.back"] = (IssuerRole.Device, new("外部供电恢复", "Mains power came back")),
            ["battery.low"] = (IssuerRole.Device, new("电池电量低", "The battery is low")),
            ["sensor.fault"] = (IssuerRole.Device, new("传感器故障", "A sensor failed")),
            ["camera.fault"] = (IssuerRole.Device, new("摄像头故障", "The camera failed")),
            ["camera.blind"] = (IssuerRole.Device, new("摄像头被遮挡", "The camera was covered")),
            ["voice.fault"] = (IssuerRole.Device, new("语音故障", "The voice failed")),
            ["siren.on"] = (IssuerRole.Device, new("警报声启动", "The siren started")),
            ["siren.off"] = (IssuerRole.Device, new("警报声停止", "The siren stopped")),
            ["voice.played"] = (IssuerRole.Device, new("已播放语音警告", "A spoken warning was played")),
            ["voice.suppressed"] = (IssuerRole.Device, new("语音警告未播放", "A spoken warning was not played")),
            ["camera.on"] = (IssuerRole.Device, new("摄像头启动", "The camera started")),
            ["media.still"] = (IssuerRole.Device, new("拍摄照片", "A picture was taken")),
            ["media.manifest"] = (IssuerRole.Device, new("录制视频片段", "Video was recorded")),
            ["media.dropped"] = (IssuerRole.Device, new("录像因内存不足被舍弃", "Video was given up for want of memory")),
            ["command.answered"] = (IssuerRole.Device, new("装置答复命令", "The seal answered a command")),
            ["settings.applied"] = (IssuerRole.Device, new("装置采用设置", "The seal applied settings")),
            ["sensor.back"] = (IssuerRole.Device, new("传感器恢复", "A sensor works again")),
            ["armed"] = (IssuerRole.Device, new("装置已启用", "The seal is armed")),
            ["disarmed"] = (IssuerRole.Device, new("装置已停用", "The seal is disarmed")),
            ["legal.end"] = (IssuerRole.Device, new("查封期限届满或解除，装置停止警示", "The legal basis ended; voice and camera stopped")),
            ["legal.lapsed"] = (IssuerRole.Device, new("查封期限已过而装置仍在", "The period lapsed while the seal still hung")),
            ["arm.refused"] = (IssuerRole.Device, new("装置未能启用", "The seal could not be armed")),
            ["grant.refused"] = (IssuerRole.Device, new("装置拒绝开启授权", "The seal refused a grant to open")),
            ["grant.accepted"] = (IssuerRole.Device, new("装置接受开启授权", "The seal took a grant to open")),
            ["grant.unused"] = (IssuerRole.Device, new("开启授权未使用", "A grant to open went unused")),
            ["battery.dead"] = (IssuerRole.Device, new("电池耗尽", "The battery is empty")),
            ["court.genesis"] = (IssuerRole.Court, new("法院建立日志并公布密钥", "The court began its log and named its keys")),
            ["device.enrolled"] = (IssuerRole.Court, new("法院登记装置密钥", "The court vouched for a seal's key")),
            ["device.revoked"] = (IssuerRole.Court, new("法院撤销装置密钥", "The court revoked a seal's key")),
            ["officer.enrolled"] = (IssuerRole.Court, new("法院登记人员密钥", "The court vouched for an officer's key")),
            ["order.issued"] = (IssuerRole.Court, new("法院作出查封裁定", "The court ordered the sealing")),
            ["order.ruling"] = (IssuerRole.Court, new("法院附上裁定书", "The court attached its ruling")),
            ["order.disarmed"] = (IssuerRole.Court, new("封条停用", "The seal was disarmed")),
            ["order.removed"] = (IssuerRole.Court, new("封条拆除", "The seal was removed")),
            ["order.lapsed"] = (IssuerRole.Court, new("查封期限届满", "The sealing lapsed")),
            ["order.erased"] = (IssuerRole.Court, new("个人信息已删除", "Personal data was erased")),
            ["order.installed"] = (IssuerRole.Court, new("封条安装完成", "The seal was installed")),
            ["order.armed"] = (IssuerRole.Court, new("封条启用", "The seal was armed")),
            ["order.lifted"] = (IssuerRole.Court, new("查封解除", "The sealing was lifted")),
            ["settings"] = (IssuerRole.Court, new("法院下发设置", "The court sent settings")),
            ["command.siren_off"] = (IssuerRole.Court, new("法院命令停止警报声", "The court ordered the siren off")),
            ["command.speak"] = (IssuerRole.Court, new("法院命令播放语音", "The court ordered a spoken text")),
            ["command.pictures"] = (IssuerRole.Court, new("法院命令拍照", "The court ordered pictures")),
            ["command.disarm"] = (IssuerRole.Court, new("法院命令停用", "The court ordered the seal disarmed")),
            ["command.arm"] = (IssuerRole.Court, new("法院命令启用", "The court ordered the seal armed")),
            ["command.live"] = (IssuerRole.Court, new("法院命令实时视频", "The court ordered live video")),
            ["grant.opening"] = (IssuerRole.Court, new("法院授权开启", "The court granted an opening")),
            ["warning.attempt"] = (IssuerRole.Station, new("发出警告", "A warning was sent")),
            ["warning.result"] = (IssuerRole.Station, new("警告送达结果", "What became of a warning")),
            ["incident.opened"] = (IssuerRole.Station, new("事件立案", "An incident was opened")),
            ["incident.raised"] = (IssuerRole.Station, new("事件再次触发", "An incident was triggered again")),
            ["incident.cleared"] = (IssuerRole.Station, new("触发条件消失", "The cause of an incident was gone")),
            ["heartbeat.missed"] = (IssuerRole.Station, new("装置失联", "The seal fell silent")),
            ["heartbeat.back"] = (IssuerRole.Station, new("装置恢复联系", "The seal was heard again")),
            ["counter.gap"] = (IssuerRole.Station, new("装置记录序号有缺口", "Numbers are missing in a seal's record")),
            ["chain.fork"] = (IssuerRole.Station, new("装置记录出现分叉", "A seal's record forked")),
            ["signature.bad"] = (IssuerRole.Station, new("收到签名错误的记录", "A record with a wrong signature came in")),
            ["duplicate.device"] = (IssuerRole.Station, new("同一装置重复连接", "One seal was connected twice")),
            ["clock.jump"] = (IssuerRole.Station, new("装置时钟跳变", "A seal's clock jumped")),
            ["media.received"] = (IssuerRole.Station, new("收到影像", "Media was received")),
            ["media.mismatch"] = (IssuerRole.Station, new("影像与声明不符", "Media was not what was stated")),
            ["media.refused"] = (IssuerRole.Station, new("影像超出每日限额", "Media was refused, because the day's share was used up")),
            ["media.viewed"] = (IssuerRole.Station, new("影像被查看", "Media was viewed")),
            ["pack.exported"] = (IssuerRole.Station, new("证据包被导出", "An evidence pack was exported")),
            ["access.refused"] = (IssuerRole.Station, new("访问被拒绝", "An access was refused")),
            ["incident.acknowledged"] = (IssuerRole.Officer, new("人员确认事件", "An officer acknowledged the incident")),
            ["incident.closed"] = (IssuerRole.Officer, new("人员结束事件", "An officer closed the incident")),
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
