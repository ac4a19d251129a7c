using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Sensors;

/// <summary>Which kernel event stands for which input. Numbers are those of <c>linux/input-event-codes.h</c>.</summary>
/// <param name="Input">The seal's input.</param>
/// <param name="Type">1 = EV_KEY, 5 = EV_SW.</param>
/// <param name="Code">Key or switch code, 0…0x2ff.</param>
/// <param name="ActiveValue">The value, 0 or 1, that means cut, open, off or near.</param>
internal sealed record InputMapping(SealInput Input, ushort Type, ushort Code, int ActiveValue)
{
    public const ushort Key = 1;
    public const ushort Switch = 5;
}
