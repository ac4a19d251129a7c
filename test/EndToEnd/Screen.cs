namespace Cinnabar.EndToEnd;

/// <summary>The two widths that officers have: an intranet PC and a phone.</summary>
public enum Screen
{
    Desktop,
    Phone,
}
