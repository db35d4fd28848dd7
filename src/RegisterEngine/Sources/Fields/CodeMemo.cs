using RegisterEngine.Columns;
using RegisterEngine.Kernels;
using RegisterEngine.Sources.Tables;

namespace RegisterEngine.Sources.Fields;

/// <summary>What each value of a dictionary was read as, so that it is read once and not in every row.</summary>
internal sealed class CodeMemo<T>
    where T : unmanaged
{
    private readonly ByteBuffer _text = new();
    private DictionaryValues? _dictionary;
    private State[] _states = [];
    private T[] _values = [];

    private enum State : byte
    {
        Unknown,
        Read,
        NeedsCare,
    }

    /// <summary>Says which dictionary codes belong to from here on; that of another is forgotten.</summary>
    public void Use(DictionaryValues dictionary)
    {
        if (ReferenceEquals(dictionary, _dictionary))
            return;
        _dictionary = dictionary;
        if (_states.Length < dictionary.Count)
        {
            _states = new State[Arrays.Roomy(dictionary.Count)];
            _values = new T[_states.Length];
        }
        Array.Clear(_states, 0, dictionary.Count);
    }

    /// <summary>Forgets what values were read as.</summary>
    public void Forget() => _dictionary = null;

    /// <summary>Whether it is known how the value of a code is read.</summary>
    public bool Knows(int code) => _states[code] != State.Unknown;

    /// <summary>What the value of a code was read as; false where each row needs care.</summary>
    public bool TryGet(int code, out T value)
    {
        value = _values[code];
        return _states[code] == State.Read;
    }

    /// <summary>What the values of codes were read as, up to the first that was not; returns how many.</summary>
    public int Get(ReadOnlySpan<int> codes, Span<T> values)
    {
        ReadOnlySpan<State> states = _states;
        ReadOnlySpan<T> known = _values.AsSpan(0, states.Length);
        values = values[..codes.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            int code = codes[row];
            if (states[code] != State.Read)
                return row;
            values[row] = known[code];
        }
        return codes.Length;
    }

    /// <summary>Says what the value of a code was read as.</summary>
    public void Set(int code, bool isRead, T value)
    {
        _states[code] = isRead ? State.Read : State.NeedsCare;
        _values[code] = value;
    }

    /// <summary>The value of a code as text.</summary>
    public ReadOnlySpan<byte> TextOf(int code) => ValueText.Of(_dictionary!.Values, code, _text);
}
