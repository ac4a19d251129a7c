namespace Cinnabar.Station.Phone;

/// <summary>Whose phone a link was sent to; it decides what the page shows (design 2.12).</summary>
internal enum PhoneRole
{
    /// <summary>Sees pictures and may acknowledge.</summary>
    Officer,

    /// <summary>Text only.</summary>
    Applicant,
}
