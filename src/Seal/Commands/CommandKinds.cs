namespace Cinnabar.Seal.Commands;

/// <summary>What a court may order. Source: docs/formats/kinds.md.</summary>
internal static class CommandKinds
{
    public const string SirenOff = "command.siren_off";
    public const string Speak = "command.speak";
    public const string Pictures = "command.pictures";
    public const string Disarm = "command.disarm";
    public const string Arm = "command.arm";
    public const string Live = "command.live";
    public const string Grant = "grant.opening";
    public const string Settings = "settings";

    public static bool IsKnown(string kind) => kind is SirenOff or Speak or Pictures or Disarm or Arm or Live or Grant or Settings;
}
