namespace Cinnabar.Seal.Custody;

/// <summary>
/// What the device shall do now. Every action may be repeated without harm: starting what runs and
/// stopping what rests change nothing.
/// </summary>
internal abstract record CustodyAction
{
    /// <summary>Loudness by day, in %.</summary>
    public const int FullScale = 100;

    private CustodyAction()
    {
    }

    /// <summary>Sound the siren; one that sounds already takes on the loudness.</summary>
    /// <param name="Loudness">In % of full scale.</param>
    public sealed record StartSiren(int Loudness = FullScale) : CustodyAction;

    public sealed record StopSiren : CustodyAction;

    /// <summary>Play the warning of stage 1 (approach), 2 (touch) or 3 (breach).</summary>
    /// <param name="Loudness">In % of full scale.</param>
    public sealed record Speak(int Stage, int Loudness = FullScale) : CustodyAction;

    public sealed record StopVoice : CustodyAction;

    public sealed record StartCamera(string Trigger) : CustodyAction;

    public sealed record StopCamera : CustodyAction;

    /// <summary>Choose stills around the moment of the trigger.</summary>
    public sealed record TakeStills(string Trigger, Moment At) : CustodyAction;
}
