namespace Cinnabar.Station.Notices;

/// <summary>One warning for one address, ready to leave.</summary>
/// <param name="Key">Idempotency key: the same warning tried again carries the same key, so that a receiver can drop the second.</param>
/// <param name="Address">Phone number in E.164 form, or e-mail address. The webhook has its own and ignores this one.</param>
/// <param name="Facts">The content as data, for receivers that are programs.</param>
internal sealed record Notice(string Key, string Address, WarningWords Words, WarningFacts Facts);
