using RegisterEngine.Kernels;

namespace RegisterEngine.Synthetic;

/// <summary>What stays the same about a person.</summary>
/// <param name="Key">The pseudonym.</param>
/// <param name="BirthYear">Year of birth.</param>
/// <param name="IsWoman">Whether the person is a woman.</param>
internal readonly record struct Person(long Key, int BirthYear, bool IsWoman);

/// <summary>All persons who were ever employed. A person is a serial number here and a pseudonym in the extracts.</summary>
internal sealed class People
{
    /// <summary>The smallest pseudonym: nine digits.</summary>
    public const long FirstKey = 100_000_000;

    /// <summary>Pseudonyms: all numbers of nine and ten digits, and none of eleven, so that none can be taken for a national identity number.</summary>
    public const long Keys = 9_900_000_000;

    private readonly Permutation _order;
    private Person[] _persons = new Person[1 << 16];

    public People(ulong seed) => _order = new Permutation(Keys, Hashing.Mix(seed ^ 0x706572));

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a person, and returns the serial number.</summary>
    public int Add(int birthYear, bool isWoman)
    {
        if (Count == _persons.Length)
            Array.Resize(ref _persons, Count * 2);
        _persons[Count] = new Person(FirstKey + (long)_order[(ulong)Count], birthYear, isWoman);
        return Count++;
    }

    /// <summary>A person.</summary>
    public ref readonly Person this[int serial] => ref _persons[serial];
}
