namespace Cinnabar.Station.Notices;

/// <summary>The languages warnings are written in.</summary>
internal enum WarningLanguage
{
    Chinese,
    English,
}
