// Two hundred pieces of personal data, as shops' pages let them slip into addresses, titles, properties and headers.

/** How a piece travels: as it is, or only where a name beside it says what it is. */
export interface Piece {
  kind: string;
  text: string;
  /** The parameter or property that holds it; without one it is known by its looks alone. */
  named?: string;
}

const kind = (name: string, texts: string, named?: string): Piece[] =>
  texts
    .trim()
    .split('\n')
    .map((text) => ({ kind: name, text: text.trim(), ...(named ? { named } : {}) }));

export const PIECES: readonly Piece[] = [
  ...kind(
    'email',
    `anna.schmidt@example.com
    ANNA@EXAMPLE.ORG
    a@b.co
    first.last+tag@mail.example.co.uk
    o'neil@example.ie
    user_99@sub.domain.example.museum
    li.wei@例子.公司
    用户@example.cn
    jose.garcía@correo.es
    x-y-z@my-shop.example
    1234567@qq.com
    name%tag@example.com
    postmaster@xn--fsqu00a.example
    mia@halfmoon-tea.example
    k.müller@büro.example
    sales@example.travel
    j@example.photography
    b.o.b@example.io
    tester@example.dev
    root@server1.example.net
    mary-jane@example.org.au
    no.reply@notifications.example.com
    18812345678@163.com
    carlos_88@example.com.br
    yuki@example.co.jp
    erika.mustermann@example.de
    jean-luc@example.fr
    n.kowalski2@poczta.example.pl
    ops+alerts@team.example.app
    0817@example.kr
    svc_account@example.cloud
    hello@example.shop
    frau.holle@example.at`,
  ),
  ...kind(
    'ip',
    `203.0.113.7
    198.51.100.254
    192.0.2.1
    10.11.12.13
    172.16.254.1
    8.8.4.4
    100.64.0.9
    2001:db8::ff00:42:8329
    2001:db8:85a3:0:0:8a2e:370:7334
    fe80::1ff:fe23:4567:890a
    2a02:8070:6181:a100:9c4d:1f2e:33aa:7b01
    ::ffff:203.0.113.9
    2400:cb00:2048:1::c629:d7a2
    fd12:3456:789a:1::1
    2606:4700:4700::1111
    192.168.178.23
    2001:db8:a:b::99
    198.18.7.44
    233.252.0.17
    2003:e8:7f0d:4b00:51c2:9aff:fe10:3d2e
    2001:0db8:0000:0042:0000:8a2e:0370:7335`,
  ),
  ...kind(
    'phone',
    `+49 30 901820
    +49-171-5550199
    +1 (212) 555-0187
    +1-415-555-0132
    +442079460958
    +44 20 7946 0018
    +8613800138000
    +86 139 0013 9000
    +33 6 12 34 56 78
    +34 612 345 678
    +91 98765 43210
    +81-90-1234-5678
    +61 412 345 678
    +55 11 91234-5678
    (555) 012-3456
    212-555-0199
    415.555.0176
    646 555 0123
    07700 900123
    020 7946 0321
    030 12345678
    0171 2345678
    06 12 34 56 79
    01.02.03.04.05
    090-1234-5678
    13912345678
    18600001111
    150 1234 5678
    +7 912 345-67-89
    +65 9123 4567
    +852 5123 4567
    +43 660 1234567
    +41 79 123 45 67
    303.555.0144
    17755556666`,
  ),
  ...kind(
    'card',
    `4111111111111111
    4012 8888 8888 1881
    4242-4242-4242-4242
    5555555555554444
    5105 1051 0510 5100
    2223003122003222
    2720990000000007
    378282246310005
    3714 496353 98431
    6011111111111117
    6011-0009-9013-9424
    30569309025904
    38520000023237
    3530111333300000
    3566 0020 2036 0505
    6200000000000005
    6212345678900000003
    4000056655665556
    5200828282828210
    4917 6100 0000 0000
    6759649826438453
    5019717010103742
    4111 1111 1111 1111`,
  ),
  ...kind(
    'iban',
    `DE89370400440532013000
    DE89 3704 0044 0532 0130 00
    GB82WEST12345698765432
    GB29 NWBK 6016 1331 9268 19
    FR1420041010050500013M02606
    NL91ABNA0417164300
    ES9121000418450200051332
    IT60X0542811101000000123456
    CH9300762011623852957
    BE68539007547034
    AT611904300234573201
    PL61109010140000071219812874
    SE4550000000058398257466
    NO9386011117947
    dk5000400440116243`,
  ),
  ...kind(
    'token',
    `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U
    eyJhbGciOiJub25lIn0.eyJlbWFpbCI6ImEifQ.
    eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJzaG9wIn0.Xk3vQ9
    sk_live_51H8xkZ2eVq9KyT7Lm3PcRs4W
    ghp_16C7e42F292c6912E7710c838347Ae178B4a
    xoxb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy
    AKIAIOSFODNN7EXAMPLE
    ya29.a0AfH6SMBx7Qz9w3K8vT2nR5pL1mJ4hG6
    9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
    5f4dcc3b5aa765d61d8327deb882cf99
    aGVsbG8tdGhpcy1pcy1hLXNlY3JldA8x9Qz
    AIzaSyD8x7Kq2LmN4pR6tV9wX1yZ3aB5cE7gH0j
    01ARZ3NDEKTSV4RRFFQ69G5FAV
    SG.ngeVfQFYQlKU0ufo8x5d1A.TwL2iGABf9DHoTf09kqeF8tAmbihYzrnopKc1s5cr
    npm_9aB8cD7eF6gH5iJ4kL3mN2oP1qR0sT
    dQw4w9WgXcQ7fTz1bN3mKp5R
    pk_test_TYooMQauvdEDq54NiTphI7jx9B
    glpat-Xy7Kq2Lm9Np4Rs6Tv8Wz1B
    7c4a8d09ca3762af61e59520943dc26494f8941b`,
  ),
  ...kind(
    'session',
    `el4ukv0kqbvoirg7nkp4dncpk3
    9b7d3f1a5c8e2064b1d9f3a7c5e80246
    1A530637289A03B07199A44E8D531427
    r2t5uvjq435r4q7ib3vtdjq120
    s%3AmR8kq2Lw9Xz4Tb7Nc1Vy6Hp3Jd5Fg0Se`,
  ),
  ...kind(
    'session',
    `abc123def456
    0123456789
    7f3e-22aa-session`,
    'jsessionid',
  ),
  ...kind(
    'agent',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36
    Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1
    Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
    Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15
    Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Mobile Safari/537.36
    Mozilla/5.0 (Linux; Android 15; V2454A) AppleWebKit/537.36 MicroMessenger/8.0.61(0x28003D3A) WeChat/arm64
    Opera/9.80 (Windows NT 6.1; U; en) Presto/2.10.289 Version/12.02
    Dalvik/2.1.0 (Linux; U; Android 14; SM-S918B Build/UP1A.231005.007)`,
  ),
  ...kind(
    'name',
    `Anna Schmidt
    王小明
    José García López
    O’Connor Siobhán
    田中太郎
    Müller-Lüdenscheidt
    Priya Raghunathan
    Aleksandr Ivanov`,
    'full_name',
  ),
  ...kind(
    'name',
    `Annegret
    Kowalczyk
    Nakamura
    Oyelaran
    Andersdotter
    Papadopoulou`,
    'last-name',
  ),
  ...kind(
    'password',
    `hunter2
    correct-horse-battery-staple
    P4ssw0rd!
    letmein77
    Tr0ub4dor3
    qwertz1990
    s3cr3t.sauce
    Passw0rt2026`,
    'password',
  ),
  ...kind(
    'token',
    `a81bc81b-dead-4e5d-abff-90865d1e13b1
    short1
    K9-77-XQ
    004711-alpha`,
    'access_token',
  ),
  ...kind(
    'address',
    `Hauptstrasse 17a
    221B Baker Street
    中关村大街27号`,
    'street',
  ),
  ...kind(
    'birthday',
    `1984-02-29
    03.10.1990
    7/14/1977`,
    'birthday',
  ),
  ...kind(
    'id',
    `11010519491231002X
    078-05-1120
    219-09-9999`,
    'ssn',
  ),
  ...kind('id', '440524198001010013\n310115199212244036\n510108197511032222'),
  ...kind('otp', '48-29-13\n73-01-55', 'otp'),
];
