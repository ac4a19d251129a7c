namespace Cinnabar.Registry.Statutes;

/// <summary>The texts on a seal's sheet and public page.</summary>
public enum NoticePart
{
    /// <summary>What is sealed, by whom, until when.</summary>
    Notice = 1,

    /// <summary>What damaging the seal or the property leads to.</summary>
    Penalty = 2,

    /// <summary>How to have the seal lifted.</summary>
    Lift = 3,

    /// <summary>The sign at the camera.</summary>
    Camera = 4,

    /// <summary>How to tell a genuine seal from a false one.</summary>
    Genuine = 5,

    /// <summary>Where to complain about noise or the camera.</summary>
    Complain = 6,
}
