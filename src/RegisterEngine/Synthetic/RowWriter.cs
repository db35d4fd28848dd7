using System.Buffers.Text;
using System.Text;
using RegisterEngine.Columns;

namespace RegisterEngine.Synthetic;

/// <summary>Writes the employments of one file, straight into bytes.</summary>
internal sealed class RowWriter
{
    private const int BufferBytes = 1 << 20;
    private const int LongestRow = 2048;
    private const int LongestSize = 20_000;
    private const byte Blank = (byte)' ';

    private readonly Stream _target;
    private readonly Dialect _dialect;
    private readonly RegisterColumn?[] _columns;
    private readonly int _year;
    private readonly int _growth;
    private readonly People _people;
    private readonly ServiceArea[] _areaOfWorkplace;
    private readonly TextSpelling _spelling;

    private readonly byte[][] _municipalities;
    private readonly byte[][] _numbers;
    private readonly byte[][] _names;
    private readonly byte[][] _positionCodes;
    private readonly byte[][] _positionNames;
    private readonly byte[][] _areas;
    private readonly byte[][] _forms;
    private readonly byte[][] _sizes = new byte[LongestSize][];
    private readonly byte[][] _contents;
    private readonly byte[] _days;
    private readonly int _dayLength;
    private readonly byte[] _yearText;
    private readonly byte[] _lineEnd;

    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _at;

    public RowWriter(Stream target, Dialect dialect, int year, MunicipalSector sector, UnitTexts units, People people)
    {
        _target = target;
        _dialect = dialect;
        _columns = [.. dialect.Columns.Select(column => column.Column)];
        _year = year;
        _growth = Pay.GrowthTo(year);
        _people = people;
        _areaOfWorkplace = sector.AreaOfWorkplace;
        _spelling = new TextSpelling(dialect);
        IEnumerable<int> workplaces = Enumerable.Range(0, sector.Workplaces.Length);
        _municipalities = [.. workplaces.Select(w => _spelling.Code(units.Municipality(w, year)))];
        _numbers = [.. workplaces.Select(w => _spelling.Field(units.Number(w, year)))];
        _names = [.. workplaces.Select(w => _spelling.Field(units.Name(w, dialect)))];
        _positionCodes = [.. Positions.All.Select(position => _spelling.Code(position.Code))];
        _positionNames = [.. Positions.All.Select(position => _spelling.Field(position.Name))];
        _areas = [.. ServiceAreas.Names.Select(_spelling.Field)];
        _forms = [.. EmploymentForms.Names.Select(_spelling.Field)];
        _contents = [.. dialect.Columns.Select(column => _spelling.Field(column.Content))];
        _yearText = Encoding.ASCII.GetBytes($"{year}");
        _lineEnd = Encoding.ASCII.GetBytes(dialect.LineEnd);
        string form = dialect.Widths is null ? "yyyy-MM-dd" : "yyyyMMdd";
        _dayLength = form.Length;
        _days = [.. Enumerable.Range(0, Calendar.CountOf(year) + 1).SelectMany(day => Encoding.ASCII.GetBytes(Calendar.Epoch.AddDays(day).ToString(form, null)))];
    }

    /// <summary>Writes the names of the columns, where the format has them.</summary>
    public void WriteHeader()
    {
        if (_dialect.HasByteOrderMark)
            Append([0xEF, 0xBB, 0xBF]);
        if (_dialect.Widths is not null)
            return;
        for (int i = 0; i < _dialect.Columns.Count; i++)
        {
            if (i > 0)
                Append([_dialect.Delimiter]);
            Append(_spelling.Field(_dialect.Columns[i].Name));
        }
        Append(_lineEnd);
    }

    /// <summary>Writes an employment.</summary>
    public void Write(in Employment job)
    {
        Reserve();
        ref readonly Person person = ref _people[job.Person];
        for (int i = 0; i < _columns.Length; i++)
        {
            int start = _at;
            _at += Field(i, job, person, _buffer.AsSpan(_at));
            Separate(i, start);
        }
        Append(_lineEnd);
    }

    /// <summary>Writes an employment with something wrong.</summary>
    public void Write(in Employment job, RowFault fault)
    {
        Reserve();
        int columns = _columns.Length - (fault.Fields == FieldFault.TooFew ? 1 : 0);
        for (int i = 0; i < columns; i++)
        {
            int start = _at;
            if (_columns[i] is { } column && column == fault.Column)
                Append(fault.Value);
            else
                _at += Field(i, job, _people[job.Person], _buffer.AsSpan(_at));
            Separate(i, start);
        }
        if (fault.Fields == FieldFault.TooFew && _dialect.Widths is null)
            _at--;
        if (fault.Fields == FieldFault.TooMany)
            Append([_dialect.Delimiter, (byte)'0']);
        Append(_lineEnd);
    }

    /// <summary>Writes what is left in memory, without the end of the last line where the dialect has none.</summary>
    public void Finish()
    {
        if (!_dialect.EndsLastLine)
            _at -= _lineEnd.Length;
        Flush();
    }

    private int Field(int i, in Employment job, in Person person, Span<byte> target)
    {
        ReadOnlySpan<byte> text;
        int length;
        switch (_columns[i])
        {
            case RegisterColumn.Year:
                text = _yearText;
                break;
            case RegisterColumn.Person:
                Utf8Formatter.TryFormat(person.Key, target, out length);
                return length;
            case RegisterColumn.BirthYear:
                Utf8Formatter.TryFormat(person.BirthYear, target, out length);
                return length;
            case RegisterColumn.Sex:
                target[0] = person.IsWoman ? (byte)'K' : (byte)'M';
                return 1;
            case RegisterColumn.Municipality:
                text = _municipalities[job.Workplace];
                break;
            case RegisterColumn.Workplace:
                text = _numbers[job.Workplace];
                break;
            case RegisterColumn.WorkplaceName:
                text = _names[job.Workplace];
                break;
            case RegisterColumn.PositionCode:
                text = _positionCodes[job.Position];
                break;
            case RegisterColumn.PositionName:
                text = _positionNames[job.Position];
                break;
            case RegisterColumn.ServiceArea:
                text = _areas[(int)_areaOfWorkplace[job.Workplace]];
                break;
            case RegisterColumn.PositionSize:
                text = _sizes[job.Size] ??= _spelling.Size(job.Size);
                break;
            case RegisterColumn.EmploymentForm:
                text = _forms[(int)job.Form];
                break;
            case RegisterColumn.StartDate:
                text = _days.AsSpan(job.Start * _dayLength, _dayLength);
                break;
            case RegisterColumn.Pay:
                int pay = Pay.Of(Positions.All[job.Position], _growth, _year, person);
                Utf8Formatter.TryFormat(pay, target, out length);
                return length;
            default:
                text = _contents[i];
                break;
        }
        text.CopyTo(target);
        return text.Length;
    }

    // After a field: a delimiter unless it is the last, or blanks up to its width.
    private void Separate(int i, int start)
    {
        if (_dialect.Widths is { } widths)
        {
            int blanks = start + widths[i] - _at;
            ArgumentOutOfRangeException.ThrowIfNegative(blanks, nameof(i));
            _buffer.AsSpan(_at, blanks).Fill(Blank);
            _at += blanks;
        }
        else if (i + 1 < _columns.Length)
            _buffer[_at++] = _dialect.Delimiter;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_at));
        _at += bytes.Length;
    }

    private void Reserve()
    {
        if (_at > BufferBytes - LongestRow)
            Flush();
    }

    // A line end stays, in case it was the last.
    private void Flush()
    {
        int kept = _at >= _lineEnd.Length && !_dialect.EndsLastLine && _buffer.AsSpan(0, _at).EndsWith(_lineEnd) ? _lineEnd.Length : 0;
        _target.Write(_buffer, 0, _at - kept);
        _buffer.AsSpan(_at - kept, kept).CopyTo(_buffer);
        _at = kept;
    }
}
