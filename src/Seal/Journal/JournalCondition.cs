namespace Cinnabar.Seal.Journal;

/// <summary>How the journal was found at the start; told in <c>device.started</c>.</summary>
internal enum JournalCondition
{
    New,
    Intact,
    Torn,
}
