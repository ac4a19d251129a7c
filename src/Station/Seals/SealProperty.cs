namespace Cinnabar.Station.Seals;

/// <summary>What is sealed, and where. Personal data of whoever lives there: in no statement, erasable.</summary>
/// <param name="Division">Six digits of GB/T 2260, or null.</param>
internal sealed record SealProperty(string Address, string Description, string? Division, string? RegistryNumber);
