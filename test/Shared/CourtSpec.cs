namespace Cinnabar.Shared;

/// <summary>A court that <see cref="CourtFolders"/> founds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="English">Its name in English.</param>
/// <param name="Code">Its code in case numbers, such as 京0108.</param>
/// <param name="Origin">Name of its log.</param>
/// <param name="Endpoint">Where other courts reach it: https://host:port.</param>
public sealed record CourtSpec(string Name, string English, string Code, string Origin, string Endpoint);
