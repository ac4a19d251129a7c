namespace Cinnabar.Seal.Custody;

/// <summary>A kind of trigger and its answer while armed; L3 sounds the siren.</summary>
/// <param name="Kind">Kind of the fact.</param>
/// <param name="Level">Level while armed.</param>
/// <param name="Stage">Voice stage spoken, 2 or 3.</param>
/// <param name="OnDevice">An attack on the seal itself, which no grant to open a door covers.</param>
internal readonly record struct Trigger(string Kind, AlarmLevel Level, int Stage, bool OnDevice);
