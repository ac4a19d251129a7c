namespace Cinnabar.EndToEnd;

/// <summary>Demos run alone, behind all that runs side by side: they hold a court, or five, to what a person would wait for.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class AloneOnTheMachine
{
    public const string Name = "demo";
}
