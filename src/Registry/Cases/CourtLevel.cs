namespace Cinnabar.Registry.Cases;

/// <summary>Level of a court, as its code's length says.</summary>
public enum CourtLevel
{
    /// <summary>The Supreme People's Court: 最高法.</summary>
    Supreme = 1,

    /// <summary>A high court: the province alone.</summary>
    High = 2,

    /// <summary>An intermediate or specialised court: two digits.</summary>
    Intermediate = 3,

    /// <summary>A basic court: four digits.</summary>
    Basic = 4,
}
