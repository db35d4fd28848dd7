namespace RegisterEngine.Regression.Algebra;

/// <summary>A small dense matrix, row by row.</summary>
internal sealed class Matrix(int rows, int columns)
{
    private readonly double[] _values = new double[rows * columns];

    public int Rows => rows;

    public int Columns => columns;

    public ref double this[int row, int column] => ref _values[(row * columns) + column];

    public Span<double> Row(int row) => _values.AsSpan(row * columns, columns);

    public static Matrix Identity(int size)
    {
        var identity = new Matrix(size, size);
        for (int i = 0; i < size; i++)
            identity[i, i] = 1;
        return identity;
    }

    public static Matrix operator *(Matrix a, Matrix b)
    {
        var product = new Matrix(a.Rows, b.Columns);
        for (int i = 0; i < a.Rows; i++)
            for (int k = 0; k < a.Columns; k++)
                if (a[i, k] is var factor && factor != 0)
                    for (int j = 0; j < b.Columns; j++)
                        product[i, j] += factor * b[k, j];
        return product;
    }

    public double[] Times(ReadOnlySpan<double> vector)
    {
        var product = new double[Rows];
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < Columns; j++)
                product[i] += this[i, j] * vector[j];
        return product;
    }

    public Matrix Transposed()
    {
        var transposed = new Matrix(Columns, Rows);
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < Columns; j++)
                transposed[j, i] = this[i, j];
        return transposed;
    }

    /// <summary>Some rows and columns of a square matrix.</summary>
    public Matrix Among(ReadOnlySpan<int> places)
    {
        var among = new Matrix(places.Length, places.Length);
        for (int i = 0; i < places.Length; i++)
            for (int j = 0; j < places.Length; j++)
                among[i, j] = this[places[i], places[j]];
        return among;
    }

    public Matrix Copy()
    {
        var copy = new Matrix(Rows, Columns);
        _values.CopyTo(copy._values, 0);
        return copy;
    }

    /// <summary>Adds a multiple of another matrix of the same shape.</summary>
    public void Add(Matrix other, double factor = 1)
    {
        for (int i = 0; i < _values.Length; i++)
            _values[i] += factor * other._values[i];
    }

    /// <summary>Adds a multiple of the outer product of a vector with itself to a square matrix.</summary>
    public void AddSquare(ReadOnlySpan<double> vector, double factor)
    {
        for (int i = 0; i < vector.Length; i++)
        {
            double scaled = factor * vector[i];
            Span<double> row = Row(i)[..vector.Length];
            for (int j = 0; j < row.Length; j++)
                row[j] += scaled * vector[j];
        }
    }

    /// <summary>The matrix and its transpose, averaged: what rounding made unequal is equal again.</summary>
    public Matrix Symmetric()
    {
        var symmetric = new Matrix(Rows, Columns);
        for (int i = 0; i < Rows; i++)
            for (int j = 0; j < Columns; j++)
                symmetric[i, j] = (this[i, j] + this[j, i]) / 2;
        return symmetric;
    }
}
