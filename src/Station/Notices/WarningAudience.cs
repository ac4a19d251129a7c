namespace Cinnabar.Station.Notices;

/// <summary>Who reads a warning; it decides what may stand in it (design 2.12).</summary>
internal enum WarningAudience
{
    /// <summary>Judge, duty officer, bailiff: text and a link to the phone page with the picture.</summary>
    Officer,

    /// <summary>The applicant: text only. No link, so no picture can leak through it.</summary>
    Applicant,
}
