using RegisterEngine.Kernels;

namespace RegisterEngine.Columns;

/// <summary>What somebody is in a programme of mentors in a year.</summary>
[Flags]
public enum MentorRoles
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A mentor.</summary>
    Mentor = 1,

    /// <summary>A mentor who was trained for it.</summary>
    TrainedMentor = 2,

    /// <summary>Has a mentor.</summary>
    Mentee = 4,

    /// <summary>A mentor, trained or not.</summary>
    AnyMentor = Mentor | TrainedMentor,
}

/// <summary>Who is a mentor, or has one, by year: keys of persons in UTF-8, as in the panel. May be read from any thread once all are added.</summary>
public sealed class MentorList
{
    private readonly SortedDictionary<int, Dictionary<byte[], MentorRoles>> _years = [];

    /// <summary>The roles that can be listed, with their names.</summary>
    public static IReadOnlyList<(MentorRoles Role, string Name)> Roles { get; } =
        [(MentorRoles.Mentor, "mentor"), (MentorRoles.TrainedMentor, "trained mentor"), (MentorRoles.Mentee, "mentee")];

    /// <summary>The years in which somebody is listed, rising.</summary>
    public IReadOnlyList<int> Years => [.. _years.Keys];

    /// <summary>Lists a person in a year; roles add up.</summary>
    public void Add(ReadOnlySpan<byte> person, int year, MentorRoles roles)
    {
        if (!_years.TryGetValue(year, out Dictionary<byte[], MentorRoles>? persons))
            _years[year] = persons = new(Keys.Comparer);
        byte[] key = person.ToArray();
        persons[key] = persons.GetValueOrDefault(key) | roles;
    }

    /// <summary>The roles of a person in a year.</summary>
    public MentorRoles RolesOf(ReadOnlySpan<byte> person, int year) =>
        _years.TryGetValue(year, out Dictionary<byte[], MentorRoles>? persons) && persons.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(person, out MentorRoles roles)
            ? roles
            : MentorRoles.None;

    /// <summary>How many persons have any of some roles in a year.</summary>
    public int Count(int year, MentorRoles any) => _years.TryGetValue(year, out Dictionary<byte[], MentorRoles>? persons) ? persons.Values.Count(roles => (roles & any) != 0) : 0;

    /// <summary>Compares keys by their bytes.</summary>
    private sealed class Keys : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static Keys Comparer { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate) => (int)Hashing.Bytes(alternate);

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
