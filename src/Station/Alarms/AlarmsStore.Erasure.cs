using Dapper;

namespace Cinnabar.Station.Alarms;

internal sealed partial class AlarmsStore
{
    /// <summary>Forgets the people of ended orders: names, numbers, the salts of their commitments and their links.</summary>
    /// <remarks>
    /// The duty desk's own rows stay, which still has to answer for what is open; so does a warning that is under way, whose
    /// words name the place, until its result is in. Doing it again changes nothing.
    /// </remarks>
    /// <returns>The seals that have a warning under way.</returns>
    public IReadOnlyList<string> Erase(IReadOnlyCollection<string> seals)
    {
        var parameters = seals.Select(seal => new { seal });
        _database.Write(t => t.Connection!.Execute(
            """
            UPDATE alarm_warning SET name = '', address = '', salt = '', token_hash = NULL
            WHERE state <> 0 AND address <> '' AND contact NOT GLOB 'duty[0-9]*' AND incident IN (SELECT id FROM alarm_incident WHERE seal = @seal)
            """, parameters, t));
        _database.EmptyJournal();
        return _database.Read(c => c.Query<string>(
            "SELECT DISTINCT i.seal FROM alarm_warning w JOIN alarm_incident i ON i.id = w.incident WHERE w.state = 0").Intersect(seals).ToArray());
    }
}
