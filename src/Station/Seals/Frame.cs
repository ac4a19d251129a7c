namespace Cinnabar.Station.Seals;

/// <summary>The mounted seal as measured at the door.</summary>
/// <param name="DeviceId">Permanent id, printed on the device.</param>
/// <param name="Slots">Slot positions, millimetres from the left end of the folded body.</param>
/// <param name="BaselinePhoto">Hash of the picture taken at installation, hex.</param>
internal sealed record Frame(
    string DeviceId, int FoldedWidthMm, int ExtendedWidthMm, IReadOnlyList<int> Slots, FrameLoop? Loop, int DoorWidthMm, int DoorHeightMm,
    string? BaselinePhoto = null);
