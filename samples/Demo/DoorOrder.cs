namespace Cinnabar.Demo;

/// <summary>A property that the demo seals.</summary>
/// <param name="Device">Id of the seal's device.</param>
/// <param name="CaseNumber">The case.</param>
/// <param name="Address">Where the door is.</param>
/// <param name="Camera">A real camera, or null for the drawn door.</param>
public sealed record DoorOrder(string Device, string CaseNumber, string Address, string? Camera = null)
{
    /// <summary>The flat that the source document tells of.</summary>
    public static DoorOrder Flat { get; } = new("door-1", "（2026）京0108执1234号", "北京市朝阳区永安东里甲3号5层501");

    /// <summary>A warehouse.</summary>
    public static DoorOrder Store { get; } = new("door-2", "（2026）京0108执保88号", "北京市海淀区中关村东路66号仓库");
}
