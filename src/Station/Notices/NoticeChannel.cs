namespace Cinnabar.Station.Notices;

/// <summary>A channel that is switched on.</summary>
/// <param name="Parallelism">Attempts under way at once.</param>
internal sealed record NoticeChannel(Channel Channel, int Parallelism);
