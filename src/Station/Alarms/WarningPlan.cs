using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Cinnabar.Station.Notices;

namespace Cinnabar.Station.Alarms;

/// <summary>Turns "warn these levels now" into rows of the outbox: who, in which words, with which link.</summary>
internal sealed class WarningPlan
{
    // 192 bits: beyond guessing at any rate of requests.
    private const int TokenBytes = 24;
    private readonly ContactLookup _contacts;
    private readonly Func<string?> _logMark;
    private readonly Uri _publicUrl;
    private readonly TimeZoneInfo _zone;
    private readonly Contact[] _duty;

    /// <param name="publicUrl">How people outside reach the station.</param>
    /// <param name="logMark">Mark of the log's last head, or null while none is known.</param>
    public WarningPlan(AlarmsOptions options, ContactLookup contacts, Func<string?> logMark, Uri publicUrl)
    {
        _contacts = contacts;
        _logMark = logMark;
        _publicUrl = publicUrl;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        _duty = [.. options.Duty.Select((d, i) => new Contact(
            $"duty{i}", d.Name, d.Channel, d.Address, WarningAudience.Officer, d.Language, d.PlanLevel))];
    }

    public SealContacts For(string sealNumber)
    {
        var order = _contacts(sealNumber);
        return order is null
            ? new SealContacts("", "", _duty)
            : order with { Contacts = [.. order.Contacts, .. _duty.Where(d => !order.Contacts.Any(c => c.Channel == d.Channel && c.Address == d.Address))] };
    }

    public int Levels(string sealNumber) => For(sealNumber).Contacts.Select(c => c.PlanLevel).DefaultIfEmpty(1).Max();

    public IEnumerable<Warning> Warnings(Incident incident, WarnOrder order, long nowMs)
    {
        var seal = For(incident.SealNumber);
        foreach (var contact in seal.Contacts.Where(c => c.PlanLevel >= order.FromPlanLevel && c.PlanLevel <= order.ToPlanLevel))
        {
            yield return Compose(incident, order, seal, contact, nowMs);
        }
    }

    private Warning Compose(Incident incident, WarnOrder order, SealContacts seal, Contact contact, long nowMs)
    {
        var token = contact.Audience == WarningAudience.Officer ? RandomNumberGenerator.GetBytes(TokenBytes) : null;
        var at = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(incident.OpenedAtMs), _zone);
        var facts = new WarningFacts(
            incident.Id, incident.Kind, incident.Level, order.Round, incident.SealNumber, seal.CaseNumber, seal.Place, at,
            token is null ? null : new Uri(_publicUrl, "/p/" + Base64Url.EncodeToString(token)), _logMark());
        // Warnings counts over all episodes and levels, so that no two warnings to one contact share a key.
        var key = $"{incident.Id}.{incident.Episode}.{incident.Warnings}.{contact.Id}";
        return new Warning(
            key, incident.Id, incident.Episode, contact.PlanLevel, incident.TriggerHash, contact,
            new Notice(key, contact.Address, WarningText.Compose(facts, contact.Audience, contact.Language), facts),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            token is null ? null : HashOf(Base64Url.EncodeToString(token)), nowMs);
    }

    /// <summary>How a phone page's token is stored.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
