using Cinnabar.Station.Alarms;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Phone;

/// <summary>The links in warnings: a token is the only right, so it is long, kept as a hash, and ends.</summary>
/// <remarks>
/// Alarms makes one for each message, in the commit that makes the message: a commit of its own for every link would make
/// the warnings of a storm wait. One for each message, because a link forwarded by one recipient must not speak for
/// another. Applicants get none. Safe for concurrent use.
/// </remarks>
internal sealed class PhoneLinks(AlarmsStore alarms, IOptions<AlarmsOptions> options, TimeProvider time)
{
    /// <summary>What a token gives the right to; null when it is unknown or over.</summary>
    public PhoneLink? Find(string token)
    {
        var since = (time.GetUtcNow() - options.Value.LinkLife).ToUnixTimeMilliseconds();
        return alarms.FindLink(token, since) is var (incident, officer) ? new PhoneLink(incident, officer, PhoneRole.Officer) : null;
    }
}
