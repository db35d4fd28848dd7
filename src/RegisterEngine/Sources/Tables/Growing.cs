namespace RegisterEngine.Sources.Tables;

/// <summary>Values that grow in number; the memory is kept when they are cleared.</summary>
internal sealed class Growing<T>
    where T : unmanaged
{
    private T[] _items = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The values.</summary>
    public Span<T> Items => _items.AsSpan(0, Count);

    /// <summary>Room for some more, which <see cref="Advance"/> adds.</summary>
    public Span<T> Room(int count)
    {
        if (_items.Length - Count < count)
            Array.Resize(ref _items, Math.Max(Count + count, Math.Max(64, _items.Length * 2)));
        return _items.AsSpan(Count, count);
    }

    /// <summary>Adds what has been written to the room.</summary>
    public void Advance(int count) => Count += count;

    /// <summary>Adds a value.</summary>
    public void Add(T value)
    {
        Room(1)[0] = value;
        Count++;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => Count = 0;
}
