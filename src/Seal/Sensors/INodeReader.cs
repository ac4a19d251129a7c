using Microsoft.Win32.SafeHandles;

namespace Cinnabar.Seal.Sensors;

/// <summary>What a sensor makes of its node's records. Every call comes from the node's one thread.</summary>
internal interface INodeReader
{
    /// <summary>Prepares the sensor before its node is opened and returns the size of a record in bytes.</summary>
    /// <exception cref="IOException">The sensor is not there.</exception>
    /// <exception cref="InvalidDataException">It describes itself in a way that makes no sense.</exception>
    int Prepare();

    /// <summary>The node is open: read the state that edges alone would not tell.</summary>
    void OnOpened(SafeFileHandle node);

    void OnRecord(ReadOnlySpan<byte> record, SafeFileHandle node);

    /// <summary>The node cannot be read, and why; once until <see cref="OnRecovered"/>.</summary>
    void OnFault(string reason);

    void OnRecovered();
}
