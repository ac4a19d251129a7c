namespace Cinnabar.Station.Alarms;

/// <summary>Finds the order's people for a seal number; null when there is no order. Answers from memory: a warning waits for it.</summary>
internal delegate SealContacts? ContactLookup(string sealNumber);
