using Cinnabar.Evidence.Statements;
using Cinnabar.Seal.Keys;

namespace Cinnabar.Seal.Commands;

/// <summary>
/// The court's statements that outlive a restart, as it signed them: settings, armed or disarmed, the grant. They are
/// verified again when they are read, so nobody arms or disarms a seal by editing its files.
/// </summary>
internal sealed class StandingOrders(string folder)
{
    private static readonly string[] s_order = ["settings.cose", "posture.cose", "grant.cose"];

    /// <summary>What stands, in the order in which to take it up.</summary>
    public IEnumerable<Statement> Read(CommandGate gate)
    {
        foreach (var name in s_order)
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path) && gate.CheckAgain(File.ReadAllBytes(path)) is { } order && FileOf(order.Kind) == name)
            {
                yield return order;
            }
        }
    }

    /// <summary>Keeps an order that was obeyed, if it is one that stands.</summary>
    /// <returns>Why it could not be kept, or null.</returns>
    public string? Keep(Statement order)
    {
        if (FileOf(order.Kind) is not { } name)
        {
            return null;
        }

        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(Path.Combine(folder, name), order.Bytes.Span);
            if (order.Kind is CommandKinds.Disarm or CommandKinds.Arm)
            {
                File.Delete(Path.Combine(folder, "grant.cose"));
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    private static string? FileOf(string kind) => kind switch
    {
        CommandKinds.Settings => s_order[0],
        CommandKinds.Arm or CommandKinds.Disarm => s_order[1],
        CommandKinds.Grant => s_order[2],
        _ => null,
    };
}
